FROM python:3.12-slim AS builder
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
ENV PLAYWRIGHT_BROWSERS_PATH=/browsers
WORKDIR /app
COPY --from=builder /app/.venv /app/.venv
ENV PATH="/app/.venv/bin:$PATH"
RUN playwright install --with-deps chromium
RUN python -m nltk.downloader -d /usr/share/nltk_data punkt
RUN python -c "import flask; print(flask.__version__)"
COPY . .
RUN python manage.py collectstatic --noinput && django-admin compilemessages
CMD ["python", "app.py"]
