FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.11-slim
WORKDIR /srv
COPY --from=packages /usr/local/lib/ /usr/local/lib/
COPY --from=packages /usr/local/bin/ /usr/local/bin/
COPY . .
CMD ["flask", "run"]
