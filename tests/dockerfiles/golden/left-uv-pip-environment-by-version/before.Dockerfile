FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /uvx /bin/
WORKDIR /app
COPY requirements.txt .
RUN uv venv --python 3.12 /opt/venv && VIRTUAL_ENV=/opt/venv uv pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
