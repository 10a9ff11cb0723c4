FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install pip-tools && pip-sync requirements.txt --pip-args '--no-cache-dir'
COPY . .
