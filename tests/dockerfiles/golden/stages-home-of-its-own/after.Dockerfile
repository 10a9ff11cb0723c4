FROM python:3.12-slim AS build
WORKDIR /src
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PROJECT_ENVIRONMENT=/opt/venv
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM python:3.12-slim
RUN groupadd shop && useradd -r -m -g shop shop
COPY --from=build /opt/venv /opt/venv
RUN chown -R shop:shop /home/shop
USER shop
ENV PATH=/opt/venv/bin:$PATH
