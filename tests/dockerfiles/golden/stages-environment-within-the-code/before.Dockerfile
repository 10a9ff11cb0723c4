FROM python:3.12-slim AS builder
WORKDIR /app
ENV PATH="/app/.venv/bin:$PATH"
RUN python -m venv .venv
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN python manage.py collectstatic --noinput

FROM python:3.12-slim
COPY --from=builder /app /app
WORKDIR /app
ENV PATH="/app/.venv/bin:$PATH"
CMD ["python", "app.py"]
