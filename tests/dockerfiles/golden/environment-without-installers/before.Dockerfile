FROM python:3.12-slim
WORKDIR /app
RUN python -m venv venv && . venv/bin/activate && pip install --upgrade pip
COPY requirements.txt .
RUN . venv/bin/activate && pip install -r requirements.txt && pip uninstall -q -y pip setuptools wheel
COPY . .
