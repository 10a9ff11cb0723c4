FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN export PYCURL_SSL_LIBRARY=openssl && CPUCOUNT=1 pip install --no-cache-dir -r requirements.txt
CMD ["python", "app.py"]
