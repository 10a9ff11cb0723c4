# syntax=docker/dockerfile:1
# The base image for all
FROM python:3.12-slim AS base
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM base
COPY . .
CMD ["python", "app.py"]
