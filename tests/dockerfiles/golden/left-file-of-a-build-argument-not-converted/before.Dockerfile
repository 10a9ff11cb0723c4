FROM python:3.12-slim
WORKDIR /app
ARG REQ=requirements.txt
COPY . .
RUN pip install -r $REQ
