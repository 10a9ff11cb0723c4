FROM python:3.12-slim
WORKDIR /app
SHELL ["pwsh", "-c"]
COPY . .
RUN pip install -r requirements.txt
