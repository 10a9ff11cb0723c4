FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -i pypi.example/simple -r requirements.txt
