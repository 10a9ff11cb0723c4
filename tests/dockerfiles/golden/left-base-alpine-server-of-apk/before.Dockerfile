FROM alpine:3.19
RUN apk add --no-cache python3 py3-pip uwsgi uwsgi-python3
WORKDIR /app
COPY requirements.txt .
RUN pip3 install --break-system-packages -r requirements.txt
CMD ["uwsgi", "--ini", "uwsgi.ini"]
