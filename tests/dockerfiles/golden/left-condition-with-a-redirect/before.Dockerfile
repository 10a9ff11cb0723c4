FROM python:3.12-slim
ARG DEV=0
WORKDIR /app
COPY . .
RUN if [ "$DEV" = 1 ]; then pip install -r requirements-dev.txt; echo yes > /made; fi
