FROM python:3.12-slim
RUN git clone https://git.example/shop.git /src && pip install /src
