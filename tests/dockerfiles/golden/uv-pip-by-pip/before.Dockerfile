FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install uv && uv pip install --system -r requirements.txt
CMD ["python", "app.py"]
