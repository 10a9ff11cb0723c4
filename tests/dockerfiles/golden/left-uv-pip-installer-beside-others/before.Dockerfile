FROM python:3.12-slim
ADD https://astral.sh/uv/install.sh start.sh /opt/
RUN sh /opt/install.sh
WORKDIR /app
COPY requirements.txt .
RUN uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
