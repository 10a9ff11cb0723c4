# syntax=docker/dockerfile:1
FROM python:3.12 AS compile-image
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.12-slim AS build-image
COPY --from=compile-image /opt/venv /opt/venv
WORKDIR /app
COPY . .
ENV PATH="/opt/venv/bin:$PATH"
CMD ["gunicorn", "app:app"]
