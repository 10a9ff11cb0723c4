FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && python manage.py collectstatic --noinput
CMD ["python", "app.py"]
