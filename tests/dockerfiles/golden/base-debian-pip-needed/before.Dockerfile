FROM debian:bookworm
RUN apt-get update && apt-get install -y python3-pip python3-venv nodejs npm
WORKDIR /app
COPY requirements.txt package.json ./
RUN pip3 install --break-system-packages -r requirements.txt
RUN npm install
COPY . .
CMD ["python3", "app.py"]
