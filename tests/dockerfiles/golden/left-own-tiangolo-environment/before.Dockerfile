FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11
RUN python -m venv /opt/venv
COPY requirements.txt ./
RUN /opt/venv/bin/pip install -r requirements.txt
