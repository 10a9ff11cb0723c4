FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
RUN P=gcc; if [ -e /etc/x ]; then P="gcc g++"; fi; apt-get update && apt-get install -y $P
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
