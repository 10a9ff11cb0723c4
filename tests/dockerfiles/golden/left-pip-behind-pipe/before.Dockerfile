FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN cat requirements.txt | xargs pip install
