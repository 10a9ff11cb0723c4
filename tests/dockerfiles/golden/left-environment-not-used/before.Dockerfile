FROM python:3.12-slim
WORKDIR /app
RUN python -m venv /opt/venv
COPY . .
RUN pip install -r requirements.txt
