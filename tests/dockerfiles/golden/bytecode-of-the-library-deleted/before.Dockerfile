FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt \
    && find /usr/local -depth \( -type d -name test -o -type f -name '*.pyc' \) -exec rm -rf '{}' +
COPY . .
CMD ["python", "app.py"]
