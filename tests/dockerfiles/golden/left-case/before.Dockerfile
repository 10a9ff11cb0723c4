FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN case "$X" in a) pip install -r requirements.txt;; esac
