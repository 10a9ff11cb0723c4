FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -i https://pypi.example/simple -r requirements.txt
RUN pip install -i https://other.example/simple -r requirements.txt
