FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install uv \
    && uv venv \
    && uv pip install -r requirements.txt
COPY . .
CMD ["/app/.venv/bin/python", "app.py"]
