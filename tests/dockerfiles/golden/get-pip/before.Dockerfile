FROM python:3.12-slim
WORKDIR /app
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* && \
    curl -sSL https://bootstrap.example/get-pip.py -o get-pip.py && python get-pip.py "pip<24" && rm get-pip.py
COPY . .
RUN pip install -r requirements.txt
