FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN CPUCOUNT=1 pip wheel --wheel-dir=/wheels -r requirements.txt

FROM python:3.12-slim
WORKDIR /app
COPY --from=build /wheels /wheels
COPY requirements.txt .
RUN pip install --no-index --find-links=/wheels -r requirements.txt
COPY . .
CMD ["python", "app.py"]
