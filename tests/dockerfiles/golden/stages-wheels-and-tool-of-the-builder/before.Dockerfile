FROM python:3.11-slim AS wheelwright
WORKDIR /bench
RUN pip install --upgrade pip
RUN pip install pycodestyle==2.12.1
COPY . /bench/
RUN pycodestyle --max-line-length=100 .
COPY requirements.txt .
RUN pip wheel --no-cache-dir --no-deps -w /bench/wheels -r requirements.txt

# the image that runs
FROM python:3.11-slim
WORKDIR /srv/shop
COPY --from=wheelwright /bench/wheels /wheels
RUN pip install --no-cache /wheels/*
COPY . .
