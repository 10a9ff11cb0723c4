FROM python:3.12-slim
ARG MINOR=1
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt gunicorn==23.$MINOR
CMD ["gunicorn", "app:app"]
