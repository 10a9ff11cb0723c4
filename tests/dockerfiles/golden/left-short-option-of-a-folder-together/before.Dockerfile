FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -qt /srv/packages -r requirements.txt
COPY . .
CMD ["python", "app.py"]
