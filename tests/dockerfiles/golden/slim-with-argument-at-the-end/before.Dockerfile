ARG PYTHON_VERSION=3.11
FROM --platform=linux/amd64 python:${PYTHON_VERSION}
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
