FROM python:3.12-slim
ARG FOLDER=requirements
WORKDIR /app
COPY requirements.txt .
COPY requirements requirements
WORKDIR /app
RUN pip install -r $FOLDER/production.txt
COPY . .
