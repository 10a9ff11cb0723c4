FROM python:3.11-slim AS build
COPY requirements.txt .
RUN pip install --prefix=/deps -r requirements.txt
FROM gcr.io/distroless/python3-debian12
COPY --from=build /deps /deps
ENV PYTHONPATH=/deps/lib/python3.11/site-packages
COPY . /app
CMD ["/app/app.py"]
