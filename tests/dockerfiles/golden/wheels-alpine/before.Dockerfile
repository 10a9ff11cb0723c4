FROM python:3.12-alpine
WORKDIR /srv/shop
COPY requirements.txt .
RUN apk add --no-cache --virtual .build-deps gcc musl-dev postgresql-dev \
    && pip install -r requirements.txt \
    && apk del .build-deps
COPY . .
CMD ["python", "app.py"]
