FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN ["./install.sh", "--all"]
CMD ["python", "app.py"]
