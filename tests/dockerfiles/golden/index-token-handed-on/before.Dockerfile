FROM python:3.12-slim
ARG TOKEN=none
ENV TOKEN=$TOKEN \
    PIP_EXTRA_INDEX_URL=https://$TOKEN@pypi.example/simple
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
