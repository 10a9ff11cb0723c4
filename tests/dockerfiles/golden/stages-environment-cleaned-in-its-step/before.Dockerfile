FROM python:3.12-slim AS build
ENV VIRTUAL_ENV=/opt/venv
RUN python -m venv "$VIRTUAL_ENV"
ENV PATH="$VIRTUAL_ENV/bin:$PATH"
WORKDIR /src
COPY requirements.txt .
# only what runs
RUN pip install --no-compile -r requirements.txt && \
    find /opt/venv -type d -name tests -prune -exec rm -rf {} + && \
    find "$VIRTUAL_ENV" -name '*.pyc' -delete

FROM python:3.12-slim
COPY --from=build /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
WORKDIR /src
COPY . .
CMD ["python", "app.py"]
