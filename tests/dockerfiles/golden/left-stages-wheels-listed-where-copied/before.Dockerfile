FROM python:3.12-slim AS build
COPY requirements.txt .
RUN pip wheel --wheel-dir /wheels -r requirements.txt

FROM python:3.12-slim
COPY --from=build /wheels /wheels
COPY requirements.txt .
RUN ls /wheels && pip install --no-index --find-links=/wheels -r requirements.txt && rm -rf /wheels
