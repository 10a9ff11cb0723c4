FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --cert /etc/ssl/own.pem -r requirements.txt
