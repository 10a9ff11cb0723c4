ARG BASE
FROM $BASE
COPY requirements.txt .
RUN pip3 install -r requirements.txt
