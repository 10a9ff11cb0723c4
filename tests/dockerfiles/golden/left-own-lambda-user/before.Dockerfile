FROM public.ecr.aws/lambda/python:3.12
COPY requirements.txt .
USER app
RUN pip install -r requirements.txt
