FROM python:3.12-slim AS build
COPY requirements.txt .
RUN pip wheel --wheel-dir /wheels -r requirements.txt && ls -l /wheels

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN pip install /wheels/* && rm -r /wheels
