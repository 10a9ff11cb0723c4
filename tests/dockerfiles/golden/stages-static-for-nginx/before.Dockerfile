FROM python:3.12-slim AS app
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN python manage.py collectstatic --noinput
CMD ["gunicorn", "app:app"]

FROM nginx:1.25
COPY --from=app /app/static /usr/share/nginx/html
