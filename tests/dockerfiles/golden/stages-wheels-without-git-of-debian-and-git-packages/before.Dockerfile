FROM python:3.12-slim AS build
WORKDIR /app
RUN apt-get update && apt-get install -y gcc
COPY requirements.txt .
RUN pip wheel --wheel-dir /wheels -r requirements.txt

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN pip install /wheels/*
COPY . /app
CMD ["python", "/app/app.py"]
