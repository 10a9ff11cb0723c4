FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN --mount=from=ghcr.io/astral-sh/uv:0.5.7,source=/uv,target=/bin/uv \
    uv pip install --system -r requirements.txt && mkdir /data
COPY . .
CMD ["python", "app.py"]
