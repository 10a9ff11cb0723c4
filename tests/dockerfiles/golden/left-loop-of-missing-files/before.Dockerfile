FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN for f in requirements extra; do pip install -r $f.txt; done
CMD ["python", "app.py"]
