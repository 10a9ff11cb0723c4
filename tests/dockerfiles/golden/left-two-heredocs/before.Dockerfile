FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN <<A cat && <<B cat
pip install -r requirements.txt
A
x
B
