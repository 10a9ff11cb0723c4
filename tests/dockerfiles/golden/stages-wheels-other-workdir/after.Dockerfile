# wheels are made here
FROM python:3.9-slim-buster AS wheelhouse
WORKDIR /build
RUN apt-get update && apt-get install -y gcc
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PROJECT_ENVIRONMENT=/opt/venv
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM python:3.9-slim-buster
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
ENV LIVES=/srv/shop
WORKDIR $LIVES
RUN apt-get update && apt-get install -y netcat
COPY --from=wheelhouse /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY . $LIVES
ENTRYPOINT ["/srv/shop/entrypoint.sh"]
