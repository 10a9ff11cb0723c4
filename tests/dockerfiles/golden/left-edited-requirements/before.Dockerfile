FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN sed -i s/==/\>=/ requirements.txt
RUN pip install -r requirements.txt
