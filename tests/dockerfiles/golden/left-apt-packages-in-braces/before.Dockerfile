FROM python:3.12-slim-bookworm
SHELL ["/bin/bash", "-c"]
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y lib{pq,ffi}-dev
RUN pip install -r requirements.txt
