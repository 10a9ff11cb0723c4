FROM python:3.12-slim AS builder
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev
RUN python -m venv venv && /app/venv/bin/pip install --upgrade pip
COPY requirements.txt .
RUN /app/venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.12-slim
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends libpq5
COPY --from=builder /app/venv ./venv
COPY . .
CMD ["/app/venv/bin/python", "app.py"]
