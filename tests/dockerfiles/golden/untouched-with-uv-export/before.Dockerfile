FROM python:3.12-slim
RUN pip install uv
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv export --frozen -o requirements.txt && uv pip install --system -r requirements.txt
CMD ["python", "app.py"]
