FROM python:3.12-slim
ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/shop
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["gunicorn", "app:app"]
