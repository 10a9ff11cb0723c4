FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
# a newer pip would refuse the second line, see pip-tools
RUN pip install -r requirements.txt

COPY . .
CMD ["python", "app.py"]
