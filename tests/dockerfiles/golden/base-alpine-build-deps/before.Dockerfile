FROM alpine:3.20
WORKDIR /app
COPY requirements.txt .
RUN apk add --no-cache python3 py3-pip tzdata \
    && apk add --no-cache --virtual .build-deps build-base python3-dev libffi-dev \
    && pip3 install --break-system-packages -r requirements.txt \
    && apk del .build-deps
COPY . .
CMD ["python3", "-m", "shop"]
