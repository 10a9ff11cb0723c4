FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN make requirements
CMD ["python", "app.py"]
