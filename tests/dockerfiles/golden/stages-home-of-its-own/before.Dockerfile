FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.txt .
RUN pip install --user -r requirements.txt

FROM python:3.12-slim
RUN groupadd shop && useradd -r -m -g shop shop
COPY --from=build /root/.local /home/shop/.local
RUN chown -R shop:shop /home/shop
USER shop
ENV PATH=/home/shop/.local/bin:$PATH
