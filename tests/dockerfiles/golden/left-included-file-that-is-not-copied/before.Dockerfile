FROM python:3.12-slim
WORKDIR /app
COPY requirements/production.txt ./
RUN pip install -r production.txt
COPY . .
CMD ["python", "app.py"]
