FROM python:3.12-slim-bookworm
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y gcc `cat packages.txt`
RUN pip install -r requirements.txt
