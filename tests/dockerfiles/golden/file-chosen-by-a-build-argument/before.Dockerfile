FROM python:3.12-slim
ARG BUILD_ENVIRONMENT=production
WORKDIR /app
COPY ./requirements /requirements
COPY requirements.txt /
RUN pip install --no-cache-dir -r /requirements/${BUILD_ENVIRONMENT}.txt \
    && rm -rf /requirements
COPY . .
