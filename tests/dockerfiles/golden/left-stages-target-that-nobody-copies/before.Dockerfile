FROM python:3.12-slim AS base
WORKDIR /app
COPY requirements.txt .
RUN pip install --target=/deps -r requirements.txt
FROM base
ENV PYTHONPATH=/deps
COPY . .
