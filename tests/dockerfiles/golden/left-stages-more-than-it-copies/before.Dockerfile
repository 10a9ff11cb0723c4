FROM python:3.12-slim AS builder
COPY requirements.txt .
RUN pip wheel -r requirements.txt -w /wheels

FROM python:3.12-slim
COPY --from=builder /wheels /wheels
RUN pip install /wheels/* && pip install gunicorn
