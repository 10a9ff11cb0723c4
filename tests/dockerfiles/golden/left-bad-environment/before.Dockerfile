FROM python:3.12-slim
WORKDIR /app
ENV A=1 B
RUN pip install -r requirements.txt
