FROM python:3.12-slim
WORKDIR /app
ENV REQ=requirements.txt
COPY . .
RUN pip install -r "$REQ"
