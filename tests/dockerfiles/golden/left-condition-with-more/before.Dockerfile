FROM python:3.12-slim
ARG DEV
WORKDIR /app
COPY . .
RUN if [ "$DEV" ]; then pip install -r requirements-dev.txt && python manage.py check; fi
