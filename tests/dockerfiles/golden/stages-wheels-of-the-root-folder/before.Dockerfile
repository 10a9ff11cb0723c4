FROM python:3.11-slim AS wheels
COPY requirements.txt .
RUN pip wheel --no-deps -w ./wheels -r requirements.txt

FROM python:3.11-slim
COPY --from=wheels /wheels ./wheels
RUN pip install ./wheels/*
WORKDIR /srv
COPY . .
CMD ["python", "app.py"]
