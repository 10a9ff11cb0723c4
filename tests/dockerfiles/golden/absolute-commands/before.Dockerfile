FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt gunicorn==23.0.0
HEALTHCHECK CMD /usr/local/bin/python -c "import flask"
ENTRYPOINT ["/usr/local/bin/python3.12", "-m"]
CMD ["/usr/local/bin/gunicorn", "app:app"]
