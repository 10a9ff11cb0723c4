FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt gunicorn==23.0.0 "flask>=2"
COPY . .
CMD ["gunicorn", "app:app"]
