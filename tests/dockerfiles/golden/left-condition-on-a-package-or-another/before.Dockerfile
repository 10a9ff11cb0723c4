FROM python:3.12-slim
ARG GPU
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN if [ "$GPU" ]; then pip install torch; else pip install torch-cpu; fi
