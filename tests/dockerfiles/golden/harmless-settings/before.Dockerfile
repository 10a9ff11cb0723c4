FROM python:3.12-slim
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=on \
    PYTHONUNBUFFERED=1
ENV PATH="/scripts:$PATH"
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
HEALTHCHECK CMD curl -f http://localhost/ || exit 1
ENTRYPOINT ["/app/entrypoint.sh"]
CMD gunicorn app:app
