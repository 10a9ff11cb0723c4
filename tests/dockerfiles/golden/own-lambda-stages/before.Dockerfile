FROM public.ecr.aws/lambda/python:3.12 AS build
COPY requirements.txt .
RUN pip install -r requirements.txt -t /packages
FROM public.ecr.aws/lambda/python:3.12
COPY --from=build /packages ${LAMBDA_TASK_ROOT}
COPY app.py ${LAMBDA_TASK_ROOT}
