FROM python:3.12-slim
ARG PIP_INDEX_URL=https://pypi.example/simple
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
