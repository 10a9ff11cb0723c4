FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt && find /install -name tests -exec rm -rf {} +

FROM python:3.12-slim
COPY --from=build /install /usr/local
