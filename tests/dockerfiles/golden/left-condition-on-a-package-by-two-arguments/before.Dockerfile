FROM python:3.12-slim
ARG GPU
ARG DEV
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN if [ "$GPU" ] && [ "$DEV" ]; then pip install torch; fi
