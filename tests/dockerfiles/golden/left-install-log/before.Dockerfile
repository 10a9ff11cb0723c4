FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --report report.json -r requirements.txt
