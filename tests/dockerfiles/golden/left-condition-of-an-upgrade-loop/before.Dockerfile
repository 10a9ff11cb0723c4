FROM python:3.12-slim
ARG DEV=0
WORKDIR /app
COPY . .
RUN for tool in pip setuptools; do pip install -U $tool; done; pip install -r requirements.txt
