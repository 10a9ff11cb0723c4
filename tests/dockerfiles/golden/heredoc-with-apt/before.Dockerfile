FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN <<EOF
set -e
apt-get update
# to compile
apt-get install -y gcc curl
pip install -r requirements.txt
rm -rf /var/lib/apt/lists/*
EOF
COPY . .
