FROM python:3.12-slim
WORKDIR /app

# Python dependencies
COPY requirements.txt .
RUN pip install -r requirements.txt \
    # Remove temporary files
    && rm -rf /root/.cache

COPY . .
CMD ["python", "app.py"]
