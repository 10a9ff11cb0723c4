FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
RUN apt-get update && apt-get install -y --no-install-recommends gcc make && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN make translations
CMD ["python", "app.py"]
