FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN while read line; do pip install $line; done < requirements.txt
