FROM python:3.12-slim
ADD . /
RUN python3 setup.py develop
CMD ["shop"]
