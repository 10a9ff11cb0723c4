FROM python:3.12-slim
WORKDIR /app
RUN python -m venv /opt/a && python -m venv /opt/b
COPY . .
RUN /opt/a/bin/pip install -r requirements.txt
