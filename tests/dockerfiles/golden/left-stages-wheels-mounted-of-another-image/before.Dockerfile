FROM python:3.12-slim
COPY requirements.txt .
RUN --mount=type=bind,target=/wheels,source=/wheels,from=registry.example/wheels \
    pip install --no-index --find-links /wheels -r requirements.txt
