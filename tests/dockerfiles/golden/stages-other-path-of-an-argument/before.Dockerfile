FROM python:3.12-slim AS web
ARG STATIC=/app/static
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]

FROM nginx:1.27
ARG STATIC=/app/static
COPY --from=web ${STATIC} /usr/share/nginx/html
