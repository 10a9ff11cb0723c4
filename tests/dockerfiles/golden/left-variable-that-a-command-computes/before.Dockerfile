FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN MAKEFLAGS=-j$(nproc) pip install -r requirements.txt
