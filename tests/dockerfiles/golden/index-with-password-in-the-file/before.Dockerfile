FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --index-url=https://reader:swordfish@pypi.example/simple --trusted-host pypi.example -r requirements.txt
COPY . .
