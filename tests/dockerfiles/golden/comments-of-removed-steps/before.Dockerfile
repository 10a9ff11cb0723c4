# The shop.
FROM python:3.11-slim

# what runs and what builds
RUN apt-get update && apt-get install -y --no-install-recommends \
    # for psycopg
    gcc libpq-dev \
    && rm -rf /var/lib/apt/lists/*

# upgrade pip
RUN pip install --upgrade pip

WORKDIR /app

# copy the requirements first
# for a better cache
COPY requirements.txt .

# install them
RUN pip install -r requirements.txt \
    # and clean up
    && rm -rf /root/.cache

# the code
COPY . .
