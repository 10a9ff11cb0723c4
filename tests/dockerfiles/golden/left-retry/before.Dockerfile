FROM python:3.12-slim
ARG DEV=0
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt || pip install -r requirements.txt
