FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-deps -r requirements.txt && pip install gunicorn
CMD ["gunicorn", "app:app"]
