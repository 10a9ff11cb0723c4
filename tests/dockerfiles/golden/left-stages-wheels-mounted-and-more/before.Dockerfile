FROM python:3.12 AS build
COPY requirements.txt .
RUN pip wheel --wheel-dir /wheels -r requirements.txt

FROM python:3.12-slim
COPY requirements.txt requirements-dev.txt /tmp/
RUN --mount=type=bind,target=/wheels,source=/wheels,from=build \
    pip install --find-links=/wheels -r /tmp/requirements-dev.txt
