FROM python:3.12-slim
WORKDIR /app
ENV PIP_CONSTRAINT=/app/constraints.txt
COPY . .
RUN pip install -r requirements.txt
