FROM python:3.12-slim
ARG FILE=requirements.txt
WORKDIR /app
COPY . .
RUN if [ -f "$FILE" ]; then pip install -r requirements.txt; fi
CMD ["python", "app.py"]
