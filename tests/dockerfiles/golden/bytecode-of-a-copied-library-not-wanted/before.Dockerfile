FROM python:3.11-slim AS packages
ENV PYTHONDONTWRITEBYTECODE=1
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.11-slim
WORKDIR /srv
COPY --from=packages /usr/local /usr/local
COPY . .
CMD ["flask", "run"]
