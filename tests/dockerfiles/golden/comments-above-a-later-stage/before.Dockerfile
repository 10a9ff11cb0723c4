FROM node:20 AS assets
RUN npm ci

# ------ Stage 2: the service

# on the usual image
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY --from=assets /dist ./dist
