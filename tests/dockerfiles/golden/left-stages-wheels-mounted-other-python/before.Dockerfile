FROM python:3.11 AS build
COPY requirements.txt .
RUN pip wheel --wheel-dir /wheels -r requirements.txt

FROM python:3.12-slim
RUN --mount=type=bind,target=/wheels,source=/wheels,from=build pip install /wheels/*
