FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt && if [ -f requirements-dev.txt ]; then pip install -r requirements-dev.txt; fi
CMD ["python", "app.py"]
