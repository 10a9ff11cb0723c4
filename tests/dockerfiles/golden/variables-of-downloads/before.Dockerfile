FROM python:3.12-slim
ARG proxy=http://proxy.example:3128
ENV http_proxy=$proxy https_proxy=$proxy CFLAGS=-O2
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
