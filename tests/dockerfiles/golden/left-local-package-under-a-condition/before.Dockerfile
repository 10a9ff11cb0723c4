FROM python:3.12-slim
WORKDIR /app
ARG DEV=0
COPY . .
RUN pip install -r requirements.txt
RUN if [ "$DEV" = 1 ]; then pip install -r requirements-dev.txt; fi
