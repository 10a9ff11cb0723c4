FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --target=/deps -r requirements.txt
