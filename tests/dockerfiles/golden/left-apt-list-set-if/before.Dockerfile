FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
RUN [ -e /etc/full ] && TOOLS=gcc || apt-get update && apt-get install -y $TOOLS
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
