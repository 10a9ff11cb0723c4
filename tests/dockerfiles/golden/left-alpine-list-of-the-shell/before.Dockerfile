FROM python:3.12-alpine
WORKDIR /srv/shop
RUN TOOLS='gcc musl-dev' && apk add $TOOLS
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
