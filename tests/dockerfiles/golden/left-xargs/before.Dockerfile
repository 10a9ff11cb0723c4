FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN xargs -n1 pip install < requirements.txt
