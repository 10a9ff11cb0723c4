FROM python:3.12-slim AS builder
COPY requirements.txt .
RUN pip wheel -r requirements.txt -w /wheels

FROM python:3.12-slim AS runtime
RUN useradd app
WORKDIR /app
COPY --from=builder /wheels /wheels
RUN pip install /wheels/*
USER app

FROM runtime AS dev
USER root
COPY requirements.txt requirements-dev.txt ./
RUN pip install -r requirements-dev.txt
USER app
