FROM python:3.12-slim
ARG WITH_JUPYTER=0
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN if [ "$WITH_JUPYTER" = "1" ]; then \
        pip install --no-cache-dir jupyter ipywidgets; \
    fi
COPY . .
CMD ["python", "app.py"]
