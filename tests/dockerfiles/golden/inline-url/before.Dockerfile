FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt https://pypi.example/a-1.0.tar.gz
