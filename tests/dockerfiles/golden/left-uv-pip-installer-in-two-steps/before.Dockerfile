FROM python:3.12
RUN curl -LsSf https://astral.sh/uv/install.sh -o /tmp/install.sh && sh /tmp/install.sh
WORKDIR /app
COPY requirements.txt .
RUN /root/.local/bin/uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
