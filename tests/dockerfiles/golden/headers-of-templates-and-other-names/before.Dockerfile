FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y g++ libeigen3-dev libxslt-dev curl
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
