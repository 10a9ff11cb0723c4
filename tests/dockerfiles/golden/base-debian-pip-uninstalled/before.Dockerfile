FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip
WORKDIR /app
COPY requirements.txt .
RUN pip3 install --break-system-packages -r requirements.txt && pip3 uninstall -y pip
COPY . .
CMD ["python3", "app.py"]
