FROM python:3.12-slim
WORKDIR /app
ENV PIP_INDEX_URL=https://pypi.example/simple
COPY . .
RUN pip install -i https://other.example/simple -r requirements.txt
