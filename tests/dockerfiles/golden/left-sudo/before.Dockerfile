FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN sudo pip install -r requirements.txt
