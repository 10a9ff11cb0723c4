FROM python:3.12 AS packages
COPY requirements.txt .
RUN pip install --user -r requirements.txt

FROM python:3.12-slim
WORKDIR /srv
COPY --from=packages /root/.local /root/.local
# what pip has downloaded
COPY --from=packages /root/.cache /root/.cache
COPY --from=packages /requirements.txt ./
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
