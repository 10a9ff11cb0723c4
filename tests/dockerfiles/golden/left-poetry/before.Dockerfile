FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN poetry export -o requirements.txt && pip install -r requirements.txt
