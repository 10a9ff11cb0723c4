FROM python:3.11-slim
WORKDIR /srv
COPY requirements.txt .
RUN pip install --no-cache-dir virtualenv==20.26.6 && python3 -m virtualenv -p python3 /srv/venv && /srv/venv/bin/pip install -r requirements.txt
ENV PATH="/srv/venv/bin:$PATH"
COPY . .
CMD ["python", "app.py"]
