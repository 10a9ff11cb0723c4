FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN CFLAGS=-O2 pip install -r requirements.txt && pip install gunicorn
