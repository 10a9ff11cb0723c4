FROM python:3.12-slim
ARG DEV=0
WORKDIR /app
COPY . .
RUN if [ "$DEV" = 1 ]; then CPUCOUNT=1 pip install -r requirements-dev.txt; else CPUCOUNT=1 pip install -r requirements.txt; fi
CMD ["python", "app.py"]
