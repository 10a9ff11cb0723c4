FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN cd /opt/tools && pip install -r requirements.txt
