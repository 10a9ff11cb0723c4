ARG TAG=3.11-bookworm
FROM python:${TAG}
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
