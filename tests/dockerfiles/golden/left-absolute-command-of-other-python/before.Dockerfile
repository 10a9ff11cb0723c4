FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["/usr/local/bin/python3.11", "app.py"]
