FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-dependencies --extra-index-url https://more.example/simple -r requirements.txt
CMD ["python", "app.py"]
