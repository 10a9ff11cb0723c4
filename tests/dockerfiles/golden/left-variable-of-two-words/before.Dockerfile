FROM python:3.12-slim
WORKDIR /app
ENV ARGS="-r requirements.txt"
COPY . .
RUN pip install $ARGS
