FROM python:3.12-slim
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
RUN apt-get update && pip install -r requirements.txt && find /opt/venv -name tests -exec rm -rf {} +
COPY . .
CMD ["python", "app.py"]
