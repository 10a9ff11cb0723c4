FROM python:3.12-slim
WORKDIR /app
ADD https://files.example/requirements.txt /tmp/r.txt
RUN pip install -r /tmp/r.txt
