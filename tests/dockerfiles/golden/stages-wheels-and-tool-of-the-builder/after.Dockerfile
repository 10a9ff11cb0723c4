FROM python:3.11-slim AS wheelwright
WORKDIR /bench
RUN pip install pycodestyle==2.12.1
COPY . /bench/
RUN pycodestyle --max-line-length=100 .
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PROJECT_ENVIRONMENT=/opt/venv
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

# the image that runs
FROM python:3.11-slim
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
WORKDIR /srv/shop
COPY --from=wheelwright /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY . .
