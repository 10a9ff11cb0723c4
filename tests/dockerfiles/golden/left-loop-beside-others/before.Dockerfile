FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN for f in requirements.txt requirements-dev.txt; do pip install -r $f; done && mkdir /data
CMD ["python", "app.py"]
