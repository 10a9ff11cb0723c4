FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -c constraints.txt -r requirements.txt && pip install -c constraints.txt gunicorn
CMD ["gunicorn", "app:app"]
