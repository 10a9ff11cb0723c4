FROM python:3.11-alpine AS build
COPY requirements.txt .
RUN pip install --target=/packages -r requirements.txt
FROM alpine:3.19
RUN apk add --no-cache python3
COPY --from=build /packages /packages
ENV PYTHONPATH=/packages
CMD ["python3", "-m", "flask"]
