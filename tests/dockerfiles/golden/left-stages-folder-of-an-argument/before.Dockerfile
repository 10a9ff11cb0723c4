FROM python:3.12-slim AS packages
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.12-slim
ARG PREFIX=/install
WORKDIR /app
COPY --from=packages ${PREFIX} /usr/local
COPY . .
