FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /bin/uv
WORKDIR /app
COPY requirements.txt .
RUN uv pip install --system --default-index https://pypi.example/simple -r requirements.txt
COPY . .
CMD ["python", "app.py"]
