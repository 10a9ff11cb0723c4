from python:3.12-slim as builder
copy --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
env UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0
workdir /app
copy pyproject.toml uv.lock ./
run --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

from python:3.12-slim as web
# bytecode of Python's own library: compiled once here, not at every start
run python -c "import asyncio, http.server, importlib.metadata, urllib.request"
workdir /app
copy --from=builder /app/.venv /app/.venv
env PATH="/app/.venv/bin:$PATH"
copy . .
cmd python app.py
