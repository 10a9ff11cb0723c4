ARG PYTHON_VERSION=3.12
FROM python:${PYTHON_VERSION}-slim AS python

FROM python AS build
ARG BUILD_ENVIRONMENT=local
COPY ./requirements .
COPY requirements.txt /
RUN pip wheel --wheel-dir /usr/src/app/wheels -r ${BUILD_ENVIRONMENT}.txt

FROM python AS run
ARG APP_HOME=/app
WORKDIR ${APP_HOME}
COPY --from=build /usr/src/app/wheels /wheels/
RUN pip install --no-cache-dir --no-index --find-links=/wheels/ /wheels/* \
  && rm -rf /wheels/
COPY . ${APP_HOME}
