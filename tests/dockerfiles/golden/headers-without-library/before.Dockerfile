FROM python:3.12-slim-bookworm
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends libboost-all-dev gcc && rm -rf /var/lib/apt/lists/*
COPY . .
RUN pip install -r requirements.txt
