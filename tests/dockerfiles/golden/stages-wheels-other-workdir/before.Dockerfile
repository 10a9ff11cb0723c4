# wheels are made here
FROM python:3.9-slim-buster AS wheelhouse
WORKDIR /build
RUN apt-get update && apt-get install -y gcc
COPY requirements.txt ./
RUN pip wheel --no-deps -w /build/wheels -r requirements.txt

FROM python:3.9-slim-buster
ENV LIVES=/srv/shop
WORKDIR $LIVES
RUN apt-get update && apt-get install -y netcat
COPY --from=wheelhouse /build/wheels /tmp/wheels
COPY --from=wheelhouse /build/requirements.txt ./
RUN pip install --upgrade pip
RUN pip install --no-cache /tmp/wheels/*
COPY . $LIVES
ENTRYPOINT ["/srv/shop/entrypoint.sh"]
