FROM public.ecr.aws/lambda/python:3.12
COPY requirements.txt libs ./
RUN pip install -r requirements.txt
COPY app.py ./
CMD ["app.handler"]
