FROM python:3.12-slim
WORKDIR /app
RUN pip install -qU pip wheel setuptools
COPY requirements.txt .
RUN python -m pip install -Ur requirements.txt
COPY . .
CMD ["python", "app.py"]
