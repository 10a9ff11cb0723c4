FROM python:3.12-slim
RUN useradd app
WORKDIR /app
COPY --chown=app . /app
RUN pip install -r requirements.txt
USER app
CMD ["python", "app.py"]
