FROM python:3.12-slim AS base
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && pip install -e .

FROM base AS testing
RUN pip install -r requirements-dev.txt
CMD ["python", "-m", "pytest"]
