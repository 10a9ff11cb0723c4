FROM python:3.12-slim
ARG DEV=0
WORKDIR /app
COPY . .
RUN test "$DEV" = 1 && pip install -r requirements-dev.txt || pip install -r requirements.txt
