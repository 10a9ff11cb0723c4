FROM python:3.12-slim
RUN apt-get update && apt-get install -y build-essential cmake wget
RUN wget -q https://files.example/ta-lib.tar.gz && tar xzf ta-lib.tar.gz && cd ta-lib && ./configure --prefix=/usr && make && make install
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
