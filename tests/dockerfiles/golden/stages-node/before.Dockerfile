FROM node:20 AS frontend
WORKDIR /web
COPY web/package.json ./
RUN npm ci && npm run build

FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY --from=0 /web/dist ./static
COPY . .
CMD ["python", "app.py"]
