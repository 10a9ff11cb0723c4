FROM python:3.12-slim
WORKDIR /app
RUN /usr/local/bin/python -m pip install --upgrade pip
COPY . .
RUN /usr/local/bin/pip3 install -r requirements.txt
