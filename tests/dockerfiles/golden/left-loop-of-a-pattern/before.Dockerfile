FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN for f in requirements/*.txt; do pip install -r $f; done
CMD ["python", "app.py"]
