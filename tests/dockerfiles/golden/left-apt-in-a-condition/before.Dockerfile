FROM python:3.12-slim-bookworm
WORKDIR /srv/shop
ARG WITH_TOOLS=
RUN apt-get update && if [ -n "$WITH_TOOLS" ]; then apt-get install -y gcc; fi
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
