FROM python:3.12-slim-bookworm
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y -t bookworm-backports gcc
RUN pip install -r requirements.txt
