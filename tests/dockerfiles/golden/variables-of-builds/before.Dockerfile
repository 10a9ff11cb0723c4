FROM python:3.12-slim
ARG JOBS=4
ARG UID=1000
ENV PYTHONUNBUFFERED=1 CFLAGS="-O2 -g0" \
    DJANGO_SETTINGS_MODULE=shop.settings SODIUM_INSTALL=system
ENV MAKEFLAGS=-j$JOBS
ENV LD_LIBRARY_PATH /opt/lib:$LD_LIBRARY_PATH
RUN apt-get update && apt-get install -y gcc
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
ENV CXXFLAGS=-O3
CMD ["python", "app.py"]
