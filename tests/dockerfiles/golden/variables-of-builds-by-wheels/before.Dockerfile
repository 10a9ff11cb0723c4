FROM python:3.12-slim
ENV CFLAGS=-O2
WORKDIR /app
COPY . .
RUN YARL_NO_EXTENSIONS=1 pip install -r requirements.txt
CMD ["python", "app.py"]
