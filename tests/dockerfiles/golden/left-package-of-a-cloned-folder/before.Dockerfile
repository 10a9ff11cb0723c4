FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN git clone https://git.example/other.git libs/other && pip install -r requirements.txt -e ./libs/other
