FROM python:3.12-slim
WORKDIR /app
RUN python -m venv venv
WORKDIR /app/shop
COPY requirements.txt .
RUN venv/bin/pip install -r requirements.txt
CMD ["venv/bin/python", "app.py"]
