# The shop.
FROM python:3.11-slim AS builder
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libpq-dev \
    && rm -rf /var/lib/apt/lists/*
# upgrade pip
# and clean up
# (not needed with uv)
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0
WORKDIR /app
# copy the requirements first
# for a better cache
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM python:3.11-slim
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"

# what runs and what builds
RUN apt-get update && apt-get install -y --no-install-recommends \
    # for psycopg
    libpq5 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app

# install them
COPY --from=builder /app/.venv /app/.venv
ENV PATH="/app/.venv/bin:$PATH"

# the code
COPY . .
