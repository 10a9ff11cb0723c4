FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN if [ -f requirements.txt ]; then pip install -r requirements.txt; else pip install flask; fi
CMD ["python", "app.py"]
