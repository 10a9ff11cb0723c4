FROM python:3.12-slim AS builder
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && rm -rf /usr/share/doc

FROM scratch
COPY --from=builder / /
CMD ["python", "app.py"]
