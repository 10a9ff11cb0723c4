ARG PYTHON_VERSION=3.12
FROM python:${PYTHON_VERSION}-slim AS python

FROM python AS build
ARG BUILD_ENVIRONMENT=local
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
  UV_LINK_MODE=copy \
  UV_PYTHON_DOWNLOADS=0 \
  UV_PROJECT_ENVIRONMENT=/opt/venv
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
  case "$BUILD_ENVIRONMENT" in \
      local) uv sync --locked --no-install-project --no-dev --group local ;; \
      production) uv sync --locked --no-install-project --no-dev ;; \
      *) exit 1 ;; \
  esac

FROM python AS run
# bytecode of Python's own library: compiled once here, not at every start
RUN python -c "import asyncio, http.server, importlib.metadata, urllib.request"
ARG APP_HOME=/app
WORKDIR ${APP_HOME}
COPY --from=build /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY . ${APP_HOME}
