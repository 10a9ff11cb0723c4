FROM python:3.12 AS build-stage
COPY requirements.txt requirements.txt
RUN pip wheel --wheel-dir=/tmp/wheels -r requirements.txt

FROM python:3.12-slim
COPY requirements.txt /tmp/requirements.txt
RUN --mount=type=cache,from=build-stage,source=/tmp/wheels,target=/tmp/wheels \
    pip install --no-index --find-links=/tmp/wheels/ -r /tmp/requirements.txt \
 && python -c "import flask"
WORKDIR /srv
COPY . .
CMD ["python", "app.py"]
