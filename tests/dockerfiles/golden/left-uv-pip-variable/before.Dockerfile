FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /uvx /bin/
WORKDIR /app
COPY requirements.txt .
ARG FILE
RUN uv pip install --system -r $FILE
COPY . .
CMD ["python", "app.py"]
