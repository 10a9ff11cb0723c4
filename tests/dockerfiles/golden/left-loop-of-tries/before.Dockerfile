FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN for i in 1 2 3; do pip install -r requirements.txt && break || sleep 5; done
CMD ["python", "app.py"]
