FROM python:3.12-slim
RUN apt-get update && apt-get install -y cmake make ninja-build
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && rm -rf ./build
CMD ["python", "app.py"]
