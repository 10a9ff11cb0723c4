FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN eval "pip install -r requirements.txt"
