FROM python:3.12-slim AS base
ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/shop

FROM base
ENV PYTHONDONTWRITEBYTECODE=
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["gunicorn", "app:app"]
