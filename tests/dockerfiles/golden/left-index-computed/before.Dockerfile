FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -i "https://$(hostname)/simple" -r requirements.txt
