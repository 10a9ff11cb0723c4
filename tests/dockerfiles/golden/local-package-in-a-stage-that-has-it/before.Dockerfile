FROM python:3.12-slim AS build
WORKDIR /app
COPY . .
RUN pip install --prefix=/install -r requirements.txt ./libs/shared

FROM python:3.12-slim
COPY --from=build /install /usr/local
COPY app.py /srv/
CMD ["python", "/srv/app.py"]
