FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y gcc && \
    pip install -U pip && \
    pip install . && \
    apt-get purge -y gcc && \
    mkdir /data
