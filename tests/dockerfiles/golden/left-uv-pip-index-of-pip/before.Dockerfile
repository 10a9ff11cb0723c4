FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /uvx /bin/
WORKDIR /app
COPY requirements.txt .
ENV PIP_INDEX_URL=https://pypi.example/simple
RUN uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
