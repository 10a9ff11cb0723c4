ARG REGISTRY=docker.io
ARG TAG=3.11-slim-bookworm
FROM --platform=$BUILDPLATFORM python:${TAG} AS web
ARG VERSION=dev
ENV VERSION=$VERSION
WORKDIR /srv/web
COPY requirements.txt ./
RUN python -m pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
