# what runs
FROM python:3.12 AS web
ENV PYTHONUNBUFFERED=1
RUN apt-get update && apt-get install -y ffmpeg
RUN curl -fsSL https://example.org/model.bin -o /model.bin
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
RUN git rev-parse HEAD > revision || true
HEALTHCHECK CMD wget -q -O /dev/null http://localhost:8000/ || exit 1
CMD ["sh", "-c", "ps aux && exec python app.py"]
