FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install torch==2.2.0 --index-url https://pypi.example/whl/cpu
RUN pip install -r requirements.txt
COPY . .
