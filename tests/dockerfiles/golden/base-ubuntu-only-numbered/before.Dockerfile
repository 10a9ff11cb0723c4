FROM ubuntu:24.04
RUN apt-get update && apt-get install -y --no-install-recommends python3.12 python3.12-venv
WORKDIR /app
RUN python3.12 -m venv /opt/app
COPY requirements.txt .
RUN /opt/app/bin/pip install -r requirements.txt
ENV PATH=/opt/app/bin:$PATH
COPY . .
CMD ["python", "app.py"]
