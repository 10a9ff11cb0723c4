FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip config set install.no-deps true && pip install -r requirements.txt
