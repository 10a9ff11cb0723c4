FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt "shop @ git+https://user:swordfish@git.example/shop.git@v1"
COPY . .
