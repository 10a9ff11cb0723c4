FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /bin/uv
WORKDIR /app
COPY . .
RUN uv pip install --system -r requirements.txt
RUN uv pip install --system --index-url https://more.example/simple gunicorn
CMD ["python", "app.py"]
