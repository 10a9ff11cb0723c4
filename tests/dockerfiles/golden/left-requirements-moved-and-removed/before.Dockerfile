FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt && mv requirements.txt /tmp/r.txt && rm -rf /tmp/r.txt /tmp/x
COPY . .
