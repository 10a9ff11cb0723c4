FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt && python -m compileall /usr/local/lib/python3.12/site-packages
