FROM python:3.12-slim AS base
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM base AS dev
COPY requirements-dev.txt .
RUN pip install -r requirements-dev.txt
CMD ["python", "manage.py", "runserver"]

FROM base AS prod
COPY . .
CMD ["gunicorn", "app:app"]
