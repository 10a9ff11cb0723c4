FROM python:3.11-slim AS build
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt
FROM python:3.12-slim
COPY --from=build /install /usr/local
COPY . /app
CMD ["python", "/app/app.py"]
