FROM python:3.12-slim AS build
COPY requirements.txt .
RUN apt-get update && apt-get install -y gcc && pip install --prefix=/install -r requirements.txt
COPY app.py /src/
RUN python /src/app.py > /built

FROM python:3.12-slim
COPY --from=build /install /usr/local
COPY --from=build /built /built
ENV PYTHONPATH=/install LANG=C.UTF-8
