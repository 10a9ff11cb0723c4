FROM python:3.12-slim
ARG TOKEN
WORKDIR /app
COPY . .
RUN TOKEN=other; pip install -i https://$TOKEN@pypi.example/simple -r requirements.txt
