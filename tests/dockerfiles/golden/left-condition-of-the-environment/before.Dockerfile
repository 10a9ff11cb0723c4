FROM python:3.12-slim
ENV DEV=1
WORKDIR /app
COPY . .
RUN if [ "$DEV" ]; then pip install -r requirements-dev.txt; fi
