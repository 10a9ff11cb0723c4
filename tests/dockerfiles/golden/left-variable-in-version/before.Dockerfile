FROM python:3.12-slim
ARG FLASK=2.0
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt flask==$FLASK
