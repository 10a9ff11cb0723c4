FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -c https://pypi.example/constraints.txt -r requirements.txt
