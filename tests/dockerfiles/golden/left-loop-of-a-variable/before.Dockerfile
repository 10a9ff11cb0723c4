FROM python:3.12-slim
ARG FILES="requirements.txt requirements-dev.txt"
WORKDIR /app
COPY . .
RUN for f in $FILES; do pip install -r $f; done
CMD ["python", "app.py"]
