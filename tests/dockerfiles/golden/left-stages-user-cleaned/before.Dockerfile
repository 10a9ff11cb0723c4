FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.txt .
RUN pip install --user -r requirements.txt
RUN chmod -R a+rX /root/.local

FROM python:3.12-slim
COPY --from=build /root/.local /root/.local
ENV PATH=/root/.local/bin:$PATH
