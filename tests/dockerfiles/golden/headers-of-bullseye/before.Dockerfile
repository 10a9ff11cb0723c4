FROM python:3.9-slim-bullseye
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends libldap2-dev default-libmysqlclient-dev curl && rm -rf /var/lib/apt/lists/*
COPY . .
RUN pip install -r requirements.txt
