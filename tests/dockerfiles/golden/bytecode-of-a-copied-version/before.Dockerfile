FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.11-slim
WORKDIR /srv
COPY --from=packages /usr/local/lib/python3.11 /usr/local/lib/python3.11
COPY . .
CMD ["python", "app.py"]
