FROM mcr.microsoft.com/playwright/python:v1.54.0-noble
RUN apt-get update && apt-get install -y python3-lxml
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
