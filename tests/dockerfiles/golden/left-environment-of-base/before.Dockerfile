FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN /opt/venv/bin/pip install -r requirements.txt
