FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt https://git.example/shop/main.zip
