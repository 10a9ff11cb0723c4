FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN --mount=type=secret,id=pip_token \
    pip install --extra-index-url "https://reader:$(cat /run/secrets/pip_token)@pypi.example/simple" -r requirements.txt
COPY . .
