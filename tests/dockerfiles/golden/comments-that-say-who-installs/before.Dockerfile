FROM python:3.12-slim
WORKDIR /app
# What the service needs
COPY requirements.txt .

# Install dependencies via pip
RUN pip install -r requirements.txt

COPY . .
CMD ["python", "app.py"]
