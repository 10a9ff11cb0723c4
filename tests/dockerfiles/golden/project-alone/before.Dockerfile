FROM python:3.12-slim
WORKDIR /app
COPY pyproject.toml app.py ./
COPY shop ./shop
RUN pip install --no-cache-dir ".[fast,pg]"
CMD ["shop"]
