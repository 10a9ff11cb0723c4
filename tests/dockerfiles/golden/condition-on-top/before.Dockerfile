FROM python:3.12-slim
ARG DEV=false
WORKDIR /app
COPY requirements.txt requirements-dev.txt requirements-lint.txt ./
RUN pip install -r requirements.txt
RUN if [ "$DEV" = "true" ]; then \
        pip install -r requirements-dev.txt -r requirements-lint.txt; \
    fi
COPY . .
