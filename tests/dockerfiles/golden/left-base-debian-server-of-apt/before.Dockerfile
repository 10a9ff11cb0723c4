FROM debian:bookworm
RUN apt-get update && apt-get install -y python3-pip apache2 libapache2-mod-wsgi-py3
WORKDIR /app
COPY requirements.txt .
RUN pip3 install --break-system-packages -r requirements.txt
