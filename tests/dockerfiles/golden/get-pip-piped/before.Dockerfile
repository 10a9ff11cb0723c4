FROM python:3.12-slim
WORKDIR /app
RUN curl https://bootstrap.example/get-pip.py | python
COPY . .
RUN pip install -r requirements.txt
