FROM python:3.12-slim
RUN adduser --system --group app
USER app
WORKDIR /home/app
COPY requirements requirements
COPY requirements.txt ./
RUN python -m venv venv
RUN venv/bin/pip install -r requirements/production.txt
RUN ./venv/bin/python -m pip install gunicorn
COPY shop shop
COPY app.py start ./
ENTRYPOINT ["./venv/bin/gunicorn", "app:app"]
