FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN --mount=type=bind,source=requirements.txt,target=/tmp/r python -m shop /tmp/r
