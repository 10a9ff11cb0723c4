FROM public.ecr.aws/lambda/python:3.12
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /bin/uv
COPY requirements.txt ${LAMBDA_TASK_ROOT}/
# with uv
RUN uv pip install --system -r requirements.txt
COPY app.py ${LAMBDA_TASK_ROOT}/
CMD ["app.handler"]
