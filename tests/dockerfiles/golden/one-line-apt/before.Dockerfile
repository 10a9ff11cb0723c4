FROM python:3.12-slim
WORKDIR /app
RUN apt-get update && apt-get install -y git gcc libffi-dev curl && apt-get clean
COPY requirements.txt .
RUN pip3 install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
