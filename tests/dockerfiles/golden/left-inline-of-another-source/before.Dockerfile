FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt "flask @ git+https://git.example/flask.git@v1"
COPY . .
