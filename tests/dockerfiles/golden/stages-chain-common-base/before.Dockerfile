FROM python:3.12-slim AS base
WORKDIR /app
RUN pip install --upgrade pip

FROM base AS lint
COPY requirements-lint.txt .
RUN pip install -r requirements-lint.txt
COPY . .
RUN ruff check .

FROM base AS prod
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
