FROM python:3.12-slim
ADD https://astral.sh/uv/install.sh /install.sh
RUN cat "/install.sh" | sh
WORKDIR /app
COPY requirements.txt .
RUN uv pip install --system -r requirements.txt
COPY . .
CMD ["python", "app.py"]
