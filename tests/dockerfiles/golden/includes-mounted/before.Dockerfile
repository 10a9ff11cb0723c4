FROM python:3.12-slim
WORKDIR /app
RUN --mount=type=bind,source=requirements.txt,target=/tmp/requirements.txt \
    --mount=type=bind,source=requirements,target=/tmp/requirements \
    pip install -r /tmp/requirements/production.txt
COPY . .
CMD ["python", "app.py"]
