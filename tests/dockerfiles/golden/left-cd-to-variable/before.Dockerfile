FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN cd $HOME && pip install -r requirements.txt
