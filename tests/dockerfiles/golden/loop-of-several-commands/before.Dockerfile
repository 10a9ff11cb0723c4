FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN for name in requirements requirements-lint; do \
        # one after the other
        pip install --no-cache-dir -r "${name}.txt" && \
        pip check; \
    done
CMD ["python", "app.py"]
