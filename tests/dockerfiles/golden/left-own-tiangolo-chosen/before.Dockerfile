FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11
ARG DEV=0
COPY requirements.txt requirements-dev.txt ./
RUN if [ "$DEV" = 1 ]; then pip install -r requirements-dev.txt; else pip install -r requirements.txt; fi
