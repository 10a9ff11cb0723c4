FROM python:3.12 AS build
RUN python -m venv /opt/venv
COPY . /src
RUN /opt/venv/bin/pip install /src

FROM python:3.12-slim
COPY --from=build /opt/venv /opt/venv
