FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && ln -s /usr/local/bin/python3.12 /usr/bin/py
