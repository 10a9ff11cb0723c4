FROM python:3.12-slim
ARG DEV=0
WORKDIR /app
COPY . .
RUN if [ "$(uname)" = Linux ]; then pip install -r requirements.txt; fi
