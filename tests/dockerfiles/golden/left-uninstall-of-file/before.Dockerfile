FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && pip uninstall -y -r requirements-dev.txt
