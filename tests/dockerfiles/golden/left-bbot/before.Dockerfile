FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt app.py ./
RUN pip install --no-cache-dir -r requirements.txt
RUN bbot --install-all-deps -y --force && chmod u+x app.py
CMD ["python", "app.py"]
