FROM python:3.12-slim AS builder
WORKDIR /app
COPY . .
RUN pip install --target=/app/deps -r requirements.txt

FROM python:3.12-slim
COPY --from=builder /app /app
ENV PYTHONPATH=/app/deps
CMD ["python", "/app/app.py"]
