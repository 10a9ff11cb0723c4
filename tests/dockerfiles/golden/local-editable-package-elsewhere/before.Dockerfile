FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
COPY libs/shared /tmp/shared
RUN pip install -r requirements.txt -e /tmp/shared
COPY app.py .
CMD ["python", "app.py"]
