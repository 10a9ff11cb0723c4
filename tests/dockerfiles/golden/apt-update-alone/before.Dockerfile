FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
RUN apt-get update
RUN apt-get install -y gcc libpq-dev
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
