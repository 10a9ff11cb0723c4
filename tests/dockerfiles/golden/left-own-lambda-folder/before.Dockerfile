FROM public.ecr.aws/lambda/python:3.12
COPY requirements.txt /tmp/
RUN cd /tmp && pip install -r requirements.txt
