FROM python:3.12-slim
ARG DEV
WORKDIR /app
COPY . .
RUN if [ -f requirements-dev.txt ]; then pip install -r requirements-dev.txt; fi
