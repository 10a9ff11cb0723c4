FROM ghcr.io/astral-sh/uv:0.5.7 AS uv
FROM python:3.12-slim AS base
COPY --from=uv /uv /bin/uv
WORKDIR /app

FROM base AS dev
COPY requirements.txt requirements-dev.txt ./
RUN uv pip install --system -r requirements-dev.txt
CMD ["python", "-m", "pytest"]

FROM base
COPY requirements.txt .
RUN uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
