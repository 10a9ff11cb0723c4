FROM ubuntu:24.04
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip ca-certificates
WORKDIR /app
COPY requirements.txt .
RUN pip3 install --break-system-packages -r requirements.txt
COPY . .
CMD ["python3", "app.py"]
