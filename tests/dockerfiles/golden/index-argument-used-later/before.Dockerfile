FROM python:3.12-slim
ARG TOKEN
WORKDIR /app
COPY requirements.txt .
RUN pip install -i https://$TOKEN@pypi.example/simple -r requirements.txt
COPY . .
RUN python manage.py fetch
