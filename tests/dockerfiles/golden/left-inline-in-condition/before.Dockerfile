FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && if [ -f x ]; then pip install gunicorn; fi
