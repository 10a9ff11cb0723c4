FROM python:3.12-slim
WORKDIR /srv/shop
COPY requirements.txt .
RUN apt-get update && apt-get install -y gcc curl && pip install -r requirements.txt \
    && curl -fsSLo /usr/local/bin/wait-for https://files.example/wait-for \
    && apt-get purge -y curl gcc && apt-get autoremove -y && rm -rf /var/lib/apt/lists/*
COPY . .
