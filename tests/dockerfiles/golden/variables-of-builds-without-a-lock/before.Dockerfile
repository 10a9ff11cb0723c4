FROM python:3.12-slim
ARG CC=clang
ENV CFLAGS=-O2 SHOP=/shop
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
