FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.txt .
  # What the service needs
# installed with pip, because conda has no wheel of it
# and with pip alone
RUN python -m venv /opt/venv && /opt/venv/bin/pip install -r requirements.txt

FROM python:3.12-slim
COPY --from=build /opt/venv /opt/venv
CMD ["/opt/venv/bin/python", "app.py"]
