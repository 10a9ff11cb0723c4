FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN timeout 60 pip install -r requirements.txt
