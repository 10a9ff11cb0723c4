FROM python:3.12-slim-bookworm AS builder
RUN apt-get update \
        && apt-get install --option "Acquire::Retries=3" --assume-yes gcc libpq-dev \
        && rm -rf /var/lib/apt/lists/*
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
        UV_LINK_MODE=copy \
        UV_PYTHON_DOWNLOADS=0
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
        uv sync --locked --no-install-project --no-dev

FROM python:3.12-slim-bookworm
RUN apt-get update --quiet=2 && apt-get install \
        --option "Acquire::Retries=3" \
        --assume-yes \
        `# what pip compiles with` libpq5 \
        `# what the program calls` \
        curl
WORKDIR /app
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
COPY --from=builder /app/.venv /app/.venv
ENV PATH="/app/.venv/bin:$PATH"
COPY . .
CMD ["python", "app.py"]
