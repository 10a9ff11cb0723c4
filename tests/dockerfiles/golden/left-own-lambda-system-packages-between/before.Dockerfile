FROM public.ecr.aws/lambda/python:3.12
COPY requirements.txt requirements-lint.txt ./
RUN pip install -r requirements.txt
RUN dnf install -y gcc
RUN pip install -r requirements-lint.txt
