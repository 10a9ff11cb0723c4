FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
ARG PACKAGES="gcc"
RUN apt-get update && apt-get install -y $PACKAGES
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
