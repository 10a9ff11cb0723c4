FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN cd /app && pip install -r requirements.txt
