FROM debian:bookworm
RUN apt-get update && apt-get install -y python3-pip
WORKDIR /app
COPY requirements.txt .
RUN pip3 install --break-system-packages -r requirements.txt
RUN /usr/bin/python3 --version
COPY . .
CMD ["./run"]
