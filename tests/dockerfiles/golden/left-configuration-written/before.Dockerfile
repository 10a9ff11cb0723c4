FROM python:3.12-slim
WORKDIR /app
RUN printf '[global]\nindex-url = https://pypi.example/simple\n' > /etc/pip.conf
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
