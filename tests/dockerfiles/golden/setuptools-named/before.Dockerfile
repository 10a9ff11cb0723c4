FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install pip "setuptools>=70.0.0"
RUN pip install -r requirements.txt
COPY . .
