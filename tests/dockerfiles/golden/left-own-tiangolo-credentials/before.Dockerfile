FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11
ARG TOKEN
COPY requirements.txt ./
RUN pip install --extra-index-url https://u:${TOKEN}@pypi.example/simple -r requirements.txt
