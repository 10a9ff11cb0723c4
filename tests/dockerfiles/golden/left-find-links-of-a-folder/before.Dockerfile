FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --find-links ./wheels -r requirements.txt
