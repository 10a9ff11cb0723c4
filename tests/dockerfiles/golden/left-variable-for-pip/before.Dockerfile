FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN CFLAGS=-O3 pip install -r requirements.txt
COPY . .
