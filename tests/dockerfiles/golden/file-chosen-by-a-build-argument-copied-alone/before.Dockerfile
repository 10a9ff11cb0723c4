FROM python:3.12-slim
ARG BUILD_ENVIRONMENT=production
WORKDIR /app
COPY requirements.txt /
COPY requirements/${BUILD_ENVIRONMENT}.txt ./requirements.txt
RUN pip install -r requirements.txt
COPY . .
