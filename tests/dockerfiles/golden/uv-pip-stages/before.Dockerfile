FROM python:3.12-slim AS build
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /bin/uv
WORKDIR /app
RUN uv venv /opt/venv
COPY requirements.txt .
RUN VIRTUAL_ENV=/opt/venv uv pip install -r requirements.txt

FROM python:3.12-slim
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY . .
CMD ["python", "app.py"]
