FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt --platform manylinux2014_x86_64 --only-binary=:all:
