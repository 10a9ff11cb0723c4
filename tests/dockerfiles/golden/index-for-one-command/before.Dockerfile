FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN PIP_INDEX_URL=https://pypi.example/simple pip install -r requirements.txt
