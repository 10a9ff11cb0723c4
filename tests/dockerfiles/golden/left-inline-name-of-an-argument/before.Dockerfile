FROM python:3.12-slim
ARG SERVER=gunicorn
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt ${SERVER}
CMD ["gunicorn", "app:app"]
