FROM python:3.12-slim
WORKDIR /app
ENV REQ=requirements.txt
COPY . .
RUN REQ=other.txt && pip install -r $REQ
