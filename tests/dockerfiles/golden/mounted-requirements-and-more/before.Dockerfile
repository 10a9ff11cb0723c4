FROM python:3.12-slim
WORKDIR /app
RUN --mount=type=bind,source=requirements.txt,target=requirements.txt \
    pip install -r requirements.txt && \
    python -c "import flask"
COPY . .
CMD ["python", "app.py"]
