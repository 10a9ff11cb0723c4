FROM public.ecr.aws/lambda/python:3.12
COPY requirements.txt .
RUN CPUCOUNT=1 pip install -r requirements.txt
COPY app.py ./
CMD ["app.handler"]
