FROM python:3.12-slim
WORKDIR /app
# With pip's own cache, through pip install
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
