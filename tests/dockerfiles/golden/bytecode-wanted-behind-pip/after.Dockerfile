from python:3.12 as builder
copy --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
env UV_COMPILE_BYTECODE=1 \
  UV_LINK_MODE=copy \
  UV_PYTHON_DOWNLOADS=0
workdir /srv/shop
copy pyproject.toml uv.lock ./
run --mount=type=cache,target=/root/.cache/uv \
  uv sync --locked --no-install-project --no-dev

from python:3.12
# bytecode of Python's own library: compiled once here, not at every start
run python -c "import asyncio, http.server, importlib.metadata, urllib.request"
workdir /srv/shop
run apt-get update \
  && apt-get install -y git
copy --from=builder /srv/shop/.venv /srv/shop/.venv
env PATH="/srv/shop/.venv/bin:$PATH"
env PYTHONDONTWRITEBYTECODE=1
user nobody
copy . .
cmd ["gunicorn", "app:app"]
