FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /opt/venv
# with python -m pip, into the environment
RUN /opt/venv/bin/pip install -r requirements.txt

FROM python:3.12-slim
COPY --from=build /opt/venv /opt/venv
CMD ["/opt/venv/bin/python", "app.py"]
