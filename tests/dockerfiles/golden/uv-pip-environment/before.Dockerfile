FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /usr/local/bin/uv
WORKDIR /app
ENV VIRTUAL_ENV=/opt/venv
RUN uv venv $VIRTUAL_ENV
ENV PATH="$VIRTUAL_ENV/bin:$PATH"
COPY requirements.txt .
RUN uv pip install --no-progress -r requirements.txt
COPY . .
CMD ["python", "app.py"]
