FROM python:3.12-slim
WORKDIR /app

# Install uv
RUN pip install --no-cache-dir uv==0.5.7

# Install what the service needs
COPY requirements.txt .
RUN uv pip install --system --compile-bytecode --link-mode=copy -r requirements.txt

COPY . .
CMD ["python", "app.py"]
