FROM python:3.12 AS packages
COPY requirements.txt .
RUN pip install --user -r requirements.txt
RUN python -c "import flask"

FROM python:3.12-slim
WORKDIR /srv
COPY --from=packages /root/.local /root/.local
COPY --from=packages /root/.cache /root/.cache
COPY . .
CMD ["python", "app.py"]
