FROM python:3.12-slim-bookworm
RUN apt-get update --quiet=2 && apt-get install \
        --option "Acquire::Retries=3" \
        --assume-yes \
        `# what pip compiles with` \
        gcc libpq-dev \
        `# what the program calls` \
        curl
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
