# The shop and its worker.

# --------
# web
# --------
FROM python:3.12-slim AS web
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
