FROM python:3.12 AS build
COPY requirements.txt .
RUN pip wheel --wheel-dir /wheels -r requirements.txt

FROM python:3.12-slim
RUN --mount=type=bind,target=/wheels,source=/other,from=build \
    pip install /wheels/*
