FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt ./
COPY libs libs
RUN pip install -r requirements.txt
RUN pip install --no-cache-dir ./libs/shared
COPY . .
CMD ["python", "app.py"]
