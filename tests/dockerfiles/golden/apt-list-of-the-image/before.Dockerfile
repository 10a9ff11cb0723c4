FROM python:3.12-slim
WORKDIR /app
ENV DEPS="gcc libpq-dev"
RUN apt-get update && apt-get install -y $DEPS
COPY . .
RUN pip install -r requirements.txt
