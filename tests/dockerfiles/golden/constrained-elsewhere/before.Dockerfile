FROM python:3.12-slim
COPY requirements.txt constraints.txt /tmp/
RUN pip install --constraint=/tmp/constraints.txt --requirement=/tmp/requirements.txt && rm /tmp/requirements.txt /tmp/constraints.txt
COPY . /srv
WORKDIR /srv
CMD ["python", "app.py"]
