FROM python:3.12-slim
ENV PIP_TARGET=/deps
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
