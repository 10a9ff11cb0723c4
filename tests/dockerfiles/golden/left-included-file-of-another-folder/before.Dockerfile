FROM python:3.12-slim
WORKDIR /app
# "-r requirements.txt" in there means the file beside it: another one than in the repository
COPY requirements-dev.txt ./
COPY requirements-docs.txt ./requirements.txt
RUN pip install -r requirements-dev.txt
COPY . .
CMD ["python", "app.py"]
