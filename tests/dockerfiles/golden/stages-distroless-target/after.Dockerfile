FROM python:3.11-slim AS build
RUN --mount=from=ghcr.io/astral-sh/uv:9.9.9,source=/uv,target=/bin/uv \
    --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    uv export --quiet --locked --no-emit-project --no-dev --output-file /tmp/requirements.txt \
    && UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0 \
    uv pip install --python /usr/local/bin/python3 --target /deps --no-deps --requirements /tmp/requirements.txt \
    && rm -f /tmp/requirements.txt /deps/.lock
FROM gcr.io/distroless/python3-debian12
COPY --from=build /deps /deps
ENV PYTHONPATH=/deps
COPY . /app
CMD ["/app/app.py"]
