FROM registry.example/team/base:1
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
