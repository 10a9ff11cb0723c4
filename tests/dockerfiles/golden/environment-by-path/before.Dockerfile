FROM python:3.12-slim
WORKDIR /app
RUN python3 -m venv /venv
COPY . .
RUN /venv/bin/pip install -U pip && /venv/bin/pip install --no-cache-dir -r requirements.txt
CMD ["/venv/bin/flask", "run"]
