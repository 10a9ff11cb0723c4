FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
RUN apt-get update && for each in gcc make; do apt-get install -y $each; done
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
