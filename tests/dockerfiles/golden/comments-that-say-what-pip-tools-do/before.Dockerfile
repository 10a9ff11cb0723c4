FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
# locked with pip-tools
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
