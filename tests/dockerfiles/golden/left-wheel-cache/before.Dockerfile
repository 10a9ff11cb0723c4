FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip wheel -w /wheels -r requirements.txt && pip install -r requirements.txt
