FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip hash requirements.txt > hashes && pip install -r requirements.txt
