FROM python:3.12-slim
COPY . /srv/app
RUN cd /srv/app && pip install -r requirements.txt && rm requirements.txt
WORKDIR /srv/app
CMD ["python", "app.py"]
