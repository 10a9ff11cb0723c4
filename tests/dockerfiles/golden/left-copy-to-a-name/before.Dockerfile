FROM python:3.12-slim
COPY requirements.txt /data
RUN pip install -r /data/requirements.txt
WORKDIR /app
COPY . .
