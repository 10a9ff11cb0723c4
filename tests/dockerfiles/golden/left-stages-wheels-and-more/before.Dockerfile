FROM python:3.12-slim AS builder
COPY requirements.txt .
RUN pip wheel -w /wheels -r requirements.txt

FROM python:3.12-slim
COPY --from=builder /wheels /wheels
RUN pip install --find-links=/wheels /wheels/* https://example.org/more.whl
