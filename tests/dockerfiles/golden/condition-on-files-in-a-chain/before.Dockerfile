FROM python:3.12-slim
WORKDIR /app
COPY requirements*.txt ./
RUN pip install --upgrade pip && \
    if [ -f requirements.txt ]; then \
        pip install --no-cache-dir -r requirements.txt; \
    fi && \
    test -f ./requirements-lint.txt && pip install -r requirements-lint.txt
COPY . .
CMD ["python", "app.py"]
