FROM python:3.12-slim AS python
FROM python AS wheels
WORKDIR /src
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM python AS service
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
WORKDIR /src
RUN apt-get update && apt-get install -y git
RUN --mount=type=tmpfs,target=/scratch apt-get -y purge --auto-remove git
COPY --from=wheels /src/.venv /src/.venv
ENV PATH="/src/.venv/bin:$PATH"
COPY . .
CMD ["python", "shop.py"]
