FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
RUN apt-get update && apt-get install -y gcc gettext
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN apt-get purge -y gcc gettext && ./manage.py check
CMD ["python", "app.py"]
