FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt /tmp/r.txt
RUN pip install -r /tmp/r.txt && rm /tmp/r.txt
COPY . .
CMD ["python", "app.py"]
