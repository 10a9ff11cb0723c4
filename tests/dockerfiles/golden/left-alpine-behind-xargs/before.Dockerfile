FROM python:3.12-alpine
WORKDIR /srv/shop
RUN cat /etc/packages | xargs apk add
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
