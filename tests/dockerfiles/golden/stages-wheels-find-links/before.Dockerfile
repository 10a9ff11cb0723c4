FROM python:3.12-alpine AS builder
RUN apk add --no-cache gcc musl-dev libffi-dev
WORKDIR /src
COPY requirements.txt ./
RUN pip wheel -w ./wheels -r requirements.txt
FROM python:3.12-alpine
WORKDIR /app
COPY --from=builder /src /src
RUN pip install --no-index --find-links=/src/wheels -r /src/requirements.txt && rm -rf /src/wheels
COPY . .
CMD ["python", "app.py"]
