# The image of the shop.
FROM --platform=$BUILDPLATFORM ghcr.io/astral-sh/uv:latest AS uv

FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN --mount=from=uv,source=/uv,target=/bin/uv \
    uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
