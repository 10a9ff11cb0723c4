FROM public.ecr.aws/lambda/python:3.12
COPY requirements.txt requirements-lint.txt ./
RUN for f in requirements.txt requirements-lint.txt; do pip install -r $f; done
COPY app.py ${LAMBDA_TASK_ROOT}/
CMD ["app.handler"]
