FROM python:3.12
RUN curl -LsSf https://astral.sh/uv/0.5.7/install.sh | sh
ENV PATH="/root/.local/bin:$PATH"
WORKDIR /app
COPY requirements.txt .
RUN uv pip install --system -r requirements.txt && uv cache clean
COPY . .
CMD ["python", "app.py"]
