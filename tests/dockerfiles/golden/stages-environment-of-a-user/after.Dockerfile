FROM python:3.12-slim AS builder
RUN useradd --create-home app
WORKDIR /home/app
USER app
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PROJECT_ENVIRONMENT=/home/app/env
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-install-project --no-dev

FROM python:3.12-slim
COPY --from=builder /home/app/env /home/app/env
ENV PATH="/home/app/env/bin:$PATH"
