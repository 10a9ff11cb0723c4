FROM python:3.12-slim
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends libldap2-dev libpq-dev && rm -rf /var/lib/apt/lists/*
COPY . .
RUN pip install -r requirements.txt
