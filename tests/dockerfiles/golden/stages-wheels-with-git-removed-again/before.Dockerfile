FROM python:3.12-alpine AS build
WORKDIR /app
RUN apk add --no-cache gcc git
RUN apk del git
COPY requirements.txt .
RUN pip wheel --wheel-dir /wheels -r requirements.txt

FROM python:3.12-alpine
COPY --from=build /wheels /wheels
RUN pip install /wheels/*
COPY . /app
CMD ["python", "/app/app.py"]
