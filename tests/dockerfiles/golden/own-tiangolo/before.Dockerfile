FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11

# what the service needs
COPY ./requirements.txt /app/requirements.txt

RUN pip install --no-cache-dir --upgrade -r /app/requirements.txt

COPY ./shop /app/shop
