FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -i file:///srv/simple -r requirements.txt
