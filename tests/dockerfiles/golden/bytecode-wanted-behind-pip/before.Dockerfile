from python:3.12
workdir /srv/shop
run apt-get update \
  && apt-get install -y git
copy requirements.txt .
run pip install -r requirements.txt
env PYTHONDONTWRITEBYTECODE=1
user nobody
copy . .
cmd ["gunicorn", "app:app"]
