FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt --extra-index-url https://pypi.example/simple
