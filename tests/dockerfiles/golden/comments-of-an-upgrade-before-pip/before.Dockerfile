FROM python:3.12-slim
WORKDIR /app
COPY . .
# Upgrade pip and setuptools
RUN pip install --upgrade pip setuptools
RUN pip install -r requirements.txt

CMD ["python", "app.py"]
