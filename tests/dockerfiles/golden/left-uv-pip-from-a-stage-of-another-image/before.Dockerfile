FROM debian:bookworm-slim AS uv

FROM python:3.12-slim
COPY --from=uv /uv /bin/uv
WORKDIR /app
COPY requirements.txt .
RUN uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
