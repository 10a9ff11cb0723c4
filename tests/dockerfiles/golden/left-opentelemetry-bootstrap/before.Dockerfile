FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt && opentelemetry-bootstrap -a install
COPY . .
CMD ["opentelemetry-instrument", "python", "app.py"]
