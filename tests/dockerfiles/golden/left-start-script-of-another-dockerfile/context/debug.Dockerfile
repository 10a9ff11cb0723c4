FROM scratch
COPY serve.sh /
