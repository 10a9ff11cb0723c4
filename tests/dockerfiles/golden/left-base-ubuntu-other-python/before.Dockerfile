FROM ubuntu:20.04
RUN apt-get update && apt-get install -y python3.9 python3-pip
COPY requirements.txt .
RUN python3.9 -m pip install -r requirements.txt
