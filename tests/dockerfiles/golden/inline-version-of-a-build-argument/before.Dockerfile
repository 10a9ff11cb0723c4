FROM python:3.12-slim
ARG GUNICORN_VERSION=23.0.0
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt \
    && pip install --no-cache-dir "gunicorn[gevent]==${GUNICORN_VERSION}"
COPY . .
CMD ["gunicorn", "app:app"]
