FROM python:3.12-slim AS build
# upgrade pip
RUN pip install --upgrade pip

# into a folder of their own
COPY requirements.txt .
RUN pip install --prefix=/install -r requirements.txt

FROM python:3.12-slim
# take them over
COPY --from=build /install /usr/local
CMD ["python", "app.py"]
