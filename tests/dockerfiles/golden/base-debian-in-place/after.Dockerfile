FROM debian:12 AS build
RUN apt-get update && apt-get install -y python3 python3-venv gcc python3-dev
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PROJECT_ENVIRONMENT=/venv \
    UV_PYTHON=/usr/bin/python3
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev
FROM gcr.io/distroless/python3-debian12
COPY --from=build /venv /venv
COPY . /app
ENTRYPOINT ["/venv/bin/python3", "/app/app.py"]
