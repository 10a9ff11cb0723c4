FROM amazon/aws-lambda-python:3.11
COPY . .
RUN --mount=type=cache,target=/root/.cache/pip \
    yum install -y gcc && \
    pip install -r requirements.txt && \
    yum remove -y gcc && \
    yum clean all
CMD ["app.handler"]
