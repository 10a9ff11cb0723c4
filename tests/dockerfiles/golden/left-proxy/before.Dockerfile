FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip --proxy http://proxy.example:3128 install -r requirements.txt
