FROM python:3.12-slim
WORKDIR /srv/shop
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD /usr/local/bin/python app.py && /usr/local/bin/flask routes
