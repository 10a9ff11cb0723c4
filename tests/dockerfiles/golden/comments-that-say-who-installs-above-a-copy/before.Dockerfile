FROM python:3.12-slim
WORKDIR /app

# Install Python dependencies using pip
COPY requirements.txt .
RUN pip install -r requirements.txt

COPY . .
CMD ["python", "app.py"]
