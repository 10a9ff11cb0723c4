FROM python:3.11-slim
RUN pip install virtualenv && virtualenv -p python3.9 /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
RUN pip install -r requirements.txt
