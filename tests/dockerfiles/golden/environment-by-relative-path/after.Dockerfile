FROM python:3.12-slim AS builder
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PROJECT_ENVIRONMENT=/home/app/venv
WORKDIR /home/app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM python:3.12-slim
RUN adduser --system --group app
USER app
WORKDIR /home/app
COPY --from=builder --chown=app /home/app/venv /home/app/venv
COPY shop shop
COPY app.py start ./
ENTRYPOINT ["./venv/bin/gunicorn", "app:app"]
