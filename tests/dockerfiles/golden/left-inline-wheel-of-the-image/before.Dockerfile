FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt /wheels/shop-1.0-py3-none-any.whl
