FROM python:3.12-slim AS builder
WORKDIR /build
COPY requirements.txt .
RUN pip install --user -r requirements.txt

FROM python:3.12-slim
RUN useradd --create-home shop
WORKDIR /app
COPY --from=builder /root/.local /home/shop/.local
COPY . .
ENV PYTHONPATH=/app:/home/shop/.local/lib/python3.12/site-packages/shop \
    PATH=/home/shop/.local/bin:$PATH
USER shop
CMD ["python", "app.py"]
