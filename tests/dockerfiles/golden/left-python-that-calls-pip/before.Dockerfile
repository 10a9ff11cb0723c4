FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN python -c "import pip; pip.main()" && pip install -r requirements.txt
