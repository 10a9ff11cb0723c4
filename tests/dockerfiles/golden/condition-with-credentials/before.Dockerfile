FROM python:3.12-slim
ARG DEV
ARG TOKEN
WORKDIR /app
COPY . .
RUN pip install -i https://$TOKEN@pypi.example/simple -r requirements.txt
RUN case "$DEV" in 1) pip install -r requirements-dev.txt ;; *) echo "plain" ;; esac
