FROM python:3.12-slim
WORKDIR /app
RUN mkdir -p /opt/venv && echo ". /opt/venv/bin/activate" >> /etc/profile
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
