FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN if ! [ -f requirements.txt ]; then pip install -r requirements.txt; fi
CMD ["python", "app.py"]
