FROM python:3.12-slim
WORKDIR /app
COPY . /src/shop/
RUN pip install -e /src/shop/
CMD ["shop"]
