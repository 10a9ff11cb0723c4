FROM python:3.12-alpine
WORKDIR /app
COPY requirements.txt .
RUN apk add --no-cache $PACKAGES
RUN pip install -r requirements.txt
COPY . .
