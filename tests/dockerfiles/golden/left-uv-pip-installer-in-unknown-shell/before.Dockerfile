FROM python:3.12-slim
ADD https://astral.sh/uv/install.sh /install.sh
RUN for ((i = 0; i < 3; i++)); do sh /install.sh && exit 0; done; exit 1
WORKDIR /app
COPY requirements.txt .
RUN uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
