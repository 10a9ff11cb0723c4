FROM python:3.12-slim AS base
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .

FROM base AS debug
RUN pip install debugpy
CMD ["python", "-m", "debugpy", "app.py"]

FROM base AS production
RUN pip install gunicorn
CMD ["gunicorn", "app:app"]
