FROM debian:bookworm
RUN apt-get update && apt-get install -y python3-pip python3-numpy
WORKDIR /app
COPY requirements.txt .
RUN pip3 install --break-system-packages -r requirements.txt
