FROM python:3.12-slim
WORKDIR /app
ENV A=1

# everything
COPY . .

RUN pip install -r requirements.txt

CMD ["python", "app.py"]
