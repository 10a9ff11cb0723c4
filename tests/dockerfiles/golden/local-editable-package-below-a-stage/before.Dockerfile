FROM python:3.12-slim AS base
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && pip install -e ./libs/shared

FROM base AS dev
RUN pip install -r requirements-dev.txt
CMD ["python", "app.py"]
