FROM python:3.12-slim
ARG A=requirements
ARG B=requirements-dev
WORKDIR /app
COPY . .
RUN pip install -r $A.txt -r $B.txt
