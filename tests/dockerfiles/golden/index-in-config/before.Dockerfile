FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip config set global.index-url https://pypi.example/simple && pip install -r requirements.txt
