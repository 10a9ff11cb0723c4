FROM python:3.12-slim
ARG PYTHON=3.12
WORKDIR /app
COPY . .
RUN pip install -c constraints-${PYTHON}.txt -r requirements.txt
