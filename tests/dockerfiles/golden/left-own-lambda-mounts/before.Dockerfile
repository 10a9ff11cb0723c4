FROM public.ecr.aws/lambda/python:3.12
RUN --mount=type=bind,source=.,target=/src pip install -r /src/requirements.txt
RUN --network=host pip install ipdb
