FROM python:3.12-slim AS base
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN pip install -e .

FROM base AS test
RUN pip install -r requirements-lint.txt
