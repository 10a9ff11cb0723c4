FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install pip-tools && pip-compile requirements.in && pip-sync requirements.txt
