# syntax=docker/dockerfile:1
# The image of the shop.
ARG UV=0.5.7

# uv, pinned by the platform team
FROM ghcr.io/astral-sh/uv:${UV} AS uv

FROM python:3.12-slim AS runtime
# a faster pip
COPY --from=uv /uv /uvx /bin/
WORKDIR /app
COPY requirements.txt .
RUN uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
