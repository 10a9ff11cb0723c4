FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -c versions.txt -r requirements.txt
