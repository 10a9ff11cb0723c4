FROM python:3.12-slim
COPY . /src
RUN cd /src && python setup.py install
CMD ["shop"]
