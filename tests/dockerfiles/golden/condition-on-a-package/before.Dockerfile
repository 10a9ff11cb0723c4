FROM python:3.12-slim
ARG DEV
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && if [ "$DEV" ]; then pip install debugpy; fi
