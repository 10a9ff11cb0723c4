FROM python:3.12-alpine
WORKDIR /app
COPY requirements.txt .
RUN apk add --no-cache -X https://apk.example/edge gcc
RUN pip install -r requirements.txt
COPY . .
