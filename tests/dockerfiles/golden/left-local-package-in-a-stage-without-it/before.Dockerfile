FROM python:3.12-slim AS build
COPY requirements.txt libs /src/
WORKDIR /build
RUN pip wheel -w /wheels -r /src/requirements.txt

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN pip install /wheels/*
COPY app.py /srv/
CMD ["python", "/srv/app.py"]
