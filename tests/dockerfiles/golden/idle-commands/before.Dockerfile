FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN python -m ensurepip --upgrade && pip config set global.timeout 60 && \
    pip install -r requirements.txt && \
    pip check && pip list && pip cache purge
RUN pip --version
COPY . .
