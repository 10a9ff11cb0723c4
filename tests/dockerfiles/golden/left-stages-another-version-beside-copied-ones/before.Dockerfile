FROM python:3.12-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install "setuptools>=70.0.0" -r requirements.txt

FROM python:3.12-slim-bookworm
RUN pip install "setuptools<70"
COPY --from=build /usr/local/lib/python3.12 /usr/local/lib/python3.12
CMD ["python", "app.py"]
