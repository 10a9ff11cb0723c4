FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN apt-get update && apt-get install -y libpq-dev gcc libpq5 && pip install -r requirements.txt && apt-get purge -y gcc libpq-dev && rm -rf /var/lib/apt/lists/*
COPY . .
