FROM debian:12 AS build
RUN apt-get update && apt-get install -y python3 python3-venv gcc python3-dev
RUN python3 -m venv /venv && /venv/bin/pip install --upgrade pip
COPY requirements.txt .
RUN /venv/bin/pip install -r requirements.txt
FROM gcr.io/distroless/python3-debian12
COPY --from=build /venv /venv
COPY . /app
ENTRYPOINT ["/venv/bin/python3", "/app/app.py"]
