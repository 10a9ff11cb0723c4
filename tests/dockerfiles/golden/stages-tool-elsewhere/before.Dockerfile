FROM python:3.12-slim AS tools
RUN pip install black && pip freeze > /tools.txt

FROM python:3.12-slim AS first
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.12-slim
COPY --from=tools /tools.txt /
COPY --from=1 /app /app
