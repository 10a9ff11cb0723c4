FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt && rm -rf /tmp/* ./requirements-docs.txt other/requirements.txt
COPY . .
