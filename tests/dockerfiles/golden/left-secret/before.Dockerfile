FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN --mount=type=secret,id=pip,target=/root/.config/pip/pip.conf pip install -r requirements.txt
