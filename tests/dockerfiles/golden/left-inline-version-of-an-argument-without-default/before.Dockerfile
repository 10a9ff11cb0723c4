FROM python:3.12-slim
ARG GUNICORN_VERSION
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt gunicorn==$GUNICORN_VERSION
CMD ["gunicorn", "app:app"]
