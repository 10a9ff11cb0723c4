FROM python:3.12-slim
WORKDIR /build
COPY requirements.txt ./
COPY requirements/ requirements/
RUN pip install -r requirements/production.txt
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
