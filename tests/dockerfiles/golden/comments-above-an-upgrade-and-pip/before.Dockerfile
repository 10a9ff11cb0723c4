FROM python:3.12-slim
WORKDIR /app
COPY . .
# upgrade pip, then install dependencies
RUN pip install --upgrade pip
RUN pip install -r requirements.txt

CMD ["python", "app.py"]
