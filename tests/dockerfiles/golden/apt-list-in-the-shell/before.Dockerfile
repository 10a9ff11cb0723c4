FROM python:3.12-slim
WORKDIR /srv/shop
COPY requirements.txt /tmp/
RUN buildDeps='gcc libc6-dev' \
    && apt-get update \
    && apt-get install -y --no-install-recommends $buildDeps \
    && pip install -r /tmp/requirements.txt \
    && apt-get purge -y --auto-remove $buildDeps \
    && rm -rf /var/lib/apt/lists/*
COPY . .
CMD ["python", "app.py"]
