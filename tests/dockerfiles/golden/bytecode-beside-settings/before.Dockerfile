FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg=7:5.1.6-0+deb12u1
ENV PYTHONUNBUFFERED=1
ENV APP_HOME=/app
RUN mkdir -p /app/media
RUN pip install flask==3.0.3
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
