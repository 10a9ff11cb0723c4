FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN pip install git+https://git.example/a/b.git@v1
