FROM ghcr.io/astral-sh/uv:0.5.7 AS uv

FROM debian:bookworm-slim AS assets
RUN mkdir /assets

FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
WORKDIR /app
COPY requirements.txt .
RUN uv pip install --system -r requirements.txt
COPY --from=1 /assets /app/assets
COPY . .
CMD ["python", "app.py"]
