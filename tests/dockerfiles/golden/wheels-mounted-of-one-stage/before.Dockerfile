FROM python:3.12-slim AS builder
COPY requirements.txt .
RUN pip wheel -w /wheels -r requirements.txt

FROM python:3.12-slim
RUN --mount=type=bind,from=builder,source=/wheels,target=/wheels pip install /wheels/*
