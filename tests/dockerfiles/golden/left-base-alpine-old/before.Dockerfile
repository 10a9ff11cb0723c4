FROM alpine:3.10
RUN apk add --no-cache python3
WORKDIR /app
COPY requirements.txt .
RUN pip3 install -r requirements.txt
