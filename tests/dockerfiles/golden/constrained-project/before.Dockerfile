FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -c constraints.txt .
CMD ["python", "app.py"]
