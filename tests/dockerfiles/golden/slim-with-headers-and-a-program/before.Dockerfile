FROM python:3.12-bookworm
RUN apt-get update && apt-get install -y gcc libpq-dev libxml2-dev tini
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
ENTRYPOINT ["tini", "--"]
