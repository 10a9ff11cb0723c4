FROM python:3.12 AS build
WORKDIR /src
COPY requirements.txt .
RUN pip wheel --wheel-dir /wheels -r requirements.txt

FROM python:3.12-slim
WORKDIR /app
RUN --mount=type=bind,target=/wheels,source=/wheels,from=build \
    pip install --upgrade pip && \
    pip install --no-cache /wheels/*
COPY . .
CMD ["python", "app.py"]
