FROM tiangolo/uvicorn-gunicorn:python3.10-slim AS base
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY . /app

FROM base AS dev
COPY requirements-dev.txt ./
RUN pip install -r requirements-dev.txt
CMD ["/start-reload.sh"]

FROM base AS prod
