FROM python:3.12-slim AS deps
COPY requirements.txt /tmp/
RUN pip install --target=/deps -r /tmp/requirements.txt

FROM python:3.12-slim
ENV PYTHONPATH=/deps
WORKDIR /app
COPY --from=deps /deps /deps
COPY . .
CMD ["python", "app.py"]
