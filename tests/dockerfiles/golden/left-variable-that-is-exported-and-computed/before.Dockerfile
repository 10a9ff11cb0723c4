FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN export GDAL_VERSION=$(gdal-config --version) && pip install -r requirements.txt
