FROM python:3.12-slim
COPY . /a
COPY . /b
RUN pip install /a && pip install -e /b
