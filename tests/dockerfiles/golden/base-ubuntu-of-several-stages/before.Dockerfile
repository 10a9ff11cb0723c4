FROM ubuntu:22.04 AS base
RUN apt-get update && apt-get install -y python3 python3-pip

FROM base AS dev
COPY requirements.txt requirements-dev.txt ./
RUN pip3 install -r requirements-dev.txt

FROM base
COPY requirements.txt .
RUN pip3 install -r requirements.txt
