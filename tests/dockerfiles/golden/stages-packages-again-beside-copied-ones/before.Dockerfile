FROM python:3.12-slim-bookworm AS backend-build
WORKDIR /app
COPY ./requirements /app/requirements
COPY ./requirements.txt /app/
RUN pip install pip "setuptools>=70.0.0"
RUN pip install -r requirements/production.txt

FROM python:3.12-slim-bookworm AS production
RUN pip install pip "setuptools>=70.0.0"
COPY --from=backend-build /usr/local/lib/python3.12 /usr/local/lib/python3.12
COPY --from=backend-build /usr/local/bin/flask /usr/local/bin/flask
WORKDIR /app
COPY ./shop /app/shop
CMD ["flask", "--app", "shop", "run"]
