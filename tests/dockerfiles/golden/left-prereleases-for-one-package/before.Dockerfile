FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --pre torch
RUN pip install -r requirements.txt
COPY . .
