FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --upgrade pip && pip install -r requirements.txt
# the server
RUN pip install "gunicorn>=22,<24" uvicorn[standard]
RUN pip install flask
COPY . .
CMD ["gunicorn", "app:app"]
