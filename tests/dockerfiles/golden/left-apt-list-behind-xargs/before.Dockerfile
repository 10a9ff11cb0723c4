FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
COPY packages.txt /srv/
RUN apt-get update && xargs -a /srv/packages.txt apt-get install -y
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
