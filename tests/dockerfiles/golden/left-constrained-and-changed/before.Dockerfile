FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN sed -i s/9/8/ constraints.txt && pip install -c constraints.txt -r requirements.txt
