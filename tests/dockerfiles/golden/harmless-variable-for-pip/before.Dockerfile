FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN PIP_NO_CACHE_DIR=1 pip install -r requirements.txt
