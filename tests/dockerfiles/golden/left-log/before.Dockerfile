FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt > /var/log/pip.log
