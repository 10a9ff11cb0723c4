FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /bin/uv
WORKDIR /app
COPY pyproject.toml uv.lock requirements.txt ./
RUN uv sync --frozen
RUN uv pip install -r requirements.txt
CMD ["uv", "run", "app.py"]
