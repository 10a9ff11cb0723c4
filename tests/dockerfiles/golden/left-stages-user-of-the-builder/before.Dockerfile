FROM python:3.12-slim AS builder
RUN useradd -m app
USER app
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.12-slim
COPY --from=builder /home/app/.local /root/.local
