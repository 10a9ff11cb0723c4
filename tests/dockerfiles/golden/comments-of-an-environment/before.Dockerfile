FROM python:3.12-slim
WORKDIR /app

# a place of its own
RUN python -m venv /opt/venv

ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
# no root here
RUN pip install -r requirements.txt

CMD ["python", "app.py"]
