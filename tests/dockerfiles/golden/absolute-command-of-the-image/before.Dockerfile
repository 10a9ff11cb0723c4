FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN curl -o /usr/local/bin/flask https://tools.example/flask
CMD ["/usr/local/bin/flask"]
