# what runs
FROM python:3.12 AS builder
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM python:3.12-slim AS web
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl git procps wget \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1
RUN apt-get update && apt-get install -y ffmpeg
RUN curl -fsSL https://example.org/model.bin -o /model.bin
WORKDIR /app
COPY --from=builder /app/.venv /app/.venv
ENV PATH="/app/.venv/bin:$PATH"
COPY . .
RUN git rev-parse HEAD > revision || true
HEALTHCHECK CMD wget -q -O /dev/null http://localhost:8000/ || exit 1
CMD ["sh", "-c", "ps aux && exec python app.py"]
