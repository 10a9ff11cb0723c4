ARG REGISTRY=docker.io
ARG TAG=3.11-slim-bookworm
FROM --platform=$BUILDPLATFORM python:${TAG} AS builder
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0
WORKDIR /srv/web
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM --platform=$BUILDPLATFORM python:${TAG} AS web
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
ARG VERSION=dev
ENV VERSION=$VERSION
WORKDIR /srv/web
COPY --from=builder /srv/web/.venv /srv/web/.venv
ENV PATH="/srv/web/.venv/bin:$PATH"
COPY . .
CMD ["python", "app.py"]
