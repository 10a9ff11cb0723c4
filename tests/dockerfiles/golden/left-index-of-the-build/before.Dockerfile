FROM python:3.12-slim
ARG INDEX
WORKDIR /app
COPY requirements.txt .
RUN pip install -i $INDEX -r requirements.txt
COPY . .
