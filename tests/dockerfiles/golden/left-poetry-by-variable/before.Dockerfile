FROM python:3.12-slim
ENV POETRY_HOME=/opt/poetry
WORKDIR /app
COPY . .
RUN python -m venv $POETRY_HOME && $POETRY_HOME/bin/pip install poetry
RUN "$POETRY_HOME/bin/poetry" install
