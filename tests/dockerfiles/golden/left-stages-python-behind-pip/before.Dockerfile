FROM python:3.12-slim AS builder
WORKDIR /app
COPY . .
RUN pip install --prefix=/install -r requirements.txt && python app.py > /install/built

FROM python:3.12-slim
COPY --from=builder /install /usr/local
