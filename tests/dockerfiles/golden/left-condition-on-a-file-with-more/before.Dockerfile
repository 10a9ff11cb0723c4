FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN if [ -f requirements.txt ]; then pip install -r requirements.txt && python manage.py check; fi
CMD ["python", "app.py"]
