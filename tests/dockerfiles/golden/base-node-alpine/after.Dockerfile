FROM node:20-alpine3.19 AS builder
RUN apk add --no-cache python3
COPY --from=ghcr.io/astral-sh/uv:9.9.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=0 \
    UV_PYTHON=/usr/bin/python3
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-install-project --no-dev

FROM node:20-alpine3.19
RUN apk add --no-cache python3 py3-pip
WORKDIR /app
COPY package.json ./
RUN npm ci
COPY --from=builder /app/.venv /app/.venv
ENV PATH="/app/.venv/bin:$PATH"
COPY . .
CMD ["node", "server.js"]
