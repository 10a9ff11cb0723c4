FROM python:3.12-slim AS python
FROM python AS wheels
WORKDIR /src
COPY requirements.txt .
RUN pip wheel -w /wheelhouse -r requirements.txt

FROM python AS service
WORKDIR /src
RUN apt-get update && apt-get install -y git
RUN --mount=from=wheels,src=/wheelhouse,target=/wheelhouse \
    --mount=from=wheels,src=/src/requirements.txt,target=/src/requirements.txt \
    --mount=type=tmpfs,target=/scratch \
    pip install --no-index --find-links=/wheelhouse -r requirements.txt \
    && apt-get -y purge --auto-remove git
COPY . .
CMD ["python", "shop.py"]
