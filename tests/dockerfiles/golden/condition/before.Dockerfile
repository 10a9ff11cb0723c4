FROM python:3.12-slim
WORKDIR /app
COPY . .
ARG DEV
RUN if [ -n "$DEV" ]; then pip install -r requirements-dev.txt; else pip install -r requirements.txt; fi
