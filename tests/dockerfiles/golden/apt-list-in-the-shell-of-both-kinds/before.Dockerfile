FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
RUN PACKAGES="gcc gettext libpq-dev" && apt-get update && apt-get install -y $PACKAGES tini && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
