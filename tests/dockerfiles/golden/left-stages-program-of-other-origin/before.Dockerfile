FROM python:3.12-slim AS builder
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN curl -fsSL -o /usr/local/bin/tini https://example.org/tini

FROM python:3.12-slim
COPY --from=builder /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
COPY --from=builder /usr/local/bin /usr/local/bin
