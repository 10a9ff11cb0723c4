FROM python:3.12-slim
WORKDIR /srv/shop
RUN apt-get update && apt-get install -y cron
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN crontab crontab
CMD cron -f
