FROM python:3.12-slim
ARG REPO_USER
ARG PIP_TOKEN
WORKDIR /app
COPY requirements.txt .
RUN pip install -i "https://${REPO_USER}:${PIP_TOKEN}@pypi.example/simple" -r requirements.txt
COPY . .
