FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN --mount=type=secret,id=token --mount=type=secret,id=other \
    pip install -i "https://x:$(cat /run/secrets/token)@pypi.example/simple" -r requirements.txt
