FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt requirements-dev.txt ./
RUN pip install -r requirements.txt
RUN rm -rf /var/cache/* \
    requirements.txt \
    requirements-dev.txt \
    /tmp/*
COPY . .
CMD ["python", "app.py"]
