FROM python:3.12-slim AS requirements
RUN pip install poetry
COPY pyproject.toml poetry.lock ./
RUN poetry export -o requirements.txt

FROM python:3.12-slim
COPY --from=requirements /requirements.txt .
RUN pip install -r requirements.txt
