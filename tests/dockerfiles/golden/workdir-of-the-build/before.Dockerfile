FROM python:3.12-slim
ARG HOME_DIR=/srv
WORKDIR $HOME_DIR
COPY requirements.txt ./requirements.txt
RUN pip install -r ./requirements.txt
CMD ["python", "app.py"]
