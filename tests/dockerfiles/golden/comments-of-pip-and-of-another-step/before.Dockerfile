FROM python:3.12-slim
WORKDIR /app
COPY . .

# dependencies of both worlds
RUN pip install -r requirements.txt
RUN chmod +x ./start.sh
CMD ["python", "app.py"]
