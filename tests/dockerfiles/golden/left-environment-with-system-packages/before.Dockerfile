FROM python:3.12-slim
WORKDIR /app
RUN python -m venv --system-site-packages /opt/venv
COPY . .
RUN /opt/venv/bin/pip install -r requirements.txt
