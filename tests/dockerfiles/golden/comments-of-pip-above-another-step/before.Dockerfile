FROM python:3.12-slim
WORKDIR /app
COPY . .

# what the program needs, with pip
RUN pip install -r requirements.txt
RUN chmod +x ./start.sh
CMD ["python", "app.py"]
