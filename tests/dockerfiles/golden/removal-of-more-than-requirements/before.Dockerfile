FROM python:3.12-slim
COPY requirements.txt /requirements.txt
RUN apt-get update \
    && apt-get install -y curl \
    && pip install -r /requirements.txt \
    && rm -rf /requirements.txt /tmp/* /var/lib/apt/lists/*
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
