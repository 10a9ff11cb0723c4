FROM python:3.12-slim
ARG TOOLS=/tools
WORKDIR /app
COPY . .
RUN ${TOOLS}/bin/pip install -r requirements.txt
