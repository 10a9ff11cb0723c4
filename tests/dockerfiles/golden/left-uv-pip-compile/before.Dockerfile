FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /uvx /bin/
WORKDIR /app
COPY requirements.txt .
RUN uv pip compile requirements.txt -o all.txt && uv pip install --system -r all.txt
COPY . .
CMD ["python", "app.py"]
