FROM python:3.11-slim AS build
COPY requirements.txt .
RUN pip install --target=/deps -r requirements.txt
RUN pip install --target=/more ipdb
FROM gcr.io/distroless/python3-debian12
COPY --from=build /deps /deps
COPY --from=build /more /more
