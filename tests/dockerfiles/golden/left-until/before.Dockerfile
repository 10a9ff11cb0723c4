FROM python:3.12-slim
ARG DEV=0
WORKDIR /app
COPY . .
RUN until pip install -r requirements.txt; do sleep 1; done
