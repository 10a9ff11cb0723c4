FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends unixodbc-dev libldap2-dev libsasl2-dev libcurl4-openssl-dev && rm -rf /var/lib/apt/lists/*
COPY . .
RUN pip install -r requirements.txt
