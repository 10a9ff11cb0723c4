FROM python:3.12-slim AS builder
ARG JOBS=4
ENV CFLAGS="-O2 -g0" \
    SODIUM_INSTALL=system
ENV MAKEFLAGS=-j$JOBS
ENV LD_LIBRARY_PATH /opt/lib:$LD_LIBRARY_PATH
RUN apt-get update \
    && apt-get install -y gcc \
    && rm -rf /var/lib/apt/lists/*
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM python:3.12-slim
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
ARG JOBS=4
ARG UID=1000
ENV PYTHONUNBUFFERED=1 CFLAGS="-O2 -g0" \
    DJANGO_SETTINGS_MODULE=shop.settings SODIUM_INSTALL=system
ENV MAKEFLAGS=-j$JOBS
ENV LD_LIBRARY_PATH /opt/lib:$LD_LIBRARY_PATH
WORKDIR /app
COPY --from=builder /app/.venv /app/.venv
ENV PATH="/app/.venv/bin:$PATH"
COPY . .
ENV CXXFLAGS=-O3
CMD ["python", "app.py"]
