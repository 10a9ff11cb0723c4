# syntax=docker/dockerfile:1
# The shop.
FROM python:3.12-slim
# where it lives
WORKDIR /app

# dependencies first
COPY requirements.txt .
RUN pip install \
    # no cache
    --no-cache-dir \
    # the frozen set
    -r requirements.txt

# then the code
COPY . .
# and go
CMD ["python", "app.py"]
