FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN for f in requirements requirements-dev; do pip install -r $f$END; done
CMD ["python", "app.py"]
