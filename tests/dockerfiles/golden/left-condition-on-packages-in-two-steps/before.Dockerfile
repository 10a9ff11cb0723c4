FROM python:3.12-slim
ARG DEV
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN if [ "$DEV" = 1 ]; then pip install debugpy; fi
RUN if [ "$DEV" != 1 ]; then pip install gunicorn; fi
