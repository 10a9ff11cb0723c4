FROM python:3.12-slim
WORKDIR /app
ENV PATH=/usr/local/bin:/usr/bin:/bin
COPY . .
RUN pip install -r requirements.txt
