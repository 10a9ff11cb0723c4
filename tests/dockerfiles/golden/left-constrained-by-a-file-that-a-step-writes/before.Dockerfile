FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN echo "click<8" > /tmp/constraints.txt && pip install -c /tmp/constraints.txt -r requirements.txt
