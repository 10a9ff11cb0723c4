FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN chmod 0755 bin/* && bin/install
CMD ["python", "app.py"]
