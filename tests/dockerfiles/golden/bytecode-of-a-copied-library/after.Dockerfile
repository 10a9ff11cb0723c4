FROM python:3.11-slim AS packages
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PROJECT_ENVIRONMENT=/opt/venv
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM python:3.11-slim
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
WORKDIR /srv
COPY --from=packages /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY . .
CMD ["flask", "run"]
