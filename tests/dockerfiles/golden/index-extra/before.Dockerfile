FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --extra-index-url https://pypi.example/simple -r requirements.txt
