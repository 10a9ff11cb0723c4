FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
# packages with pip, and a place for data
RUN pip install -r requirements.txt && mkdir /data
COPY . .
CMD ["python", "app.py"]
