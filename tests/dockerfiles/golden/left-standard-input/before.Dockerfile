FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN cat requirements.txt | pip install -r /dev/stdin
