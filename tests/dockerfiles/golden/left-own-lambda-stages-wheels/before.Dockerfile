FROM public.ecr.aws/lambda/python:3.12 AS build
COPY requirements.txt .
RUN pip wheel -r requirements.txt -w /wheels
FROM public.ecr.aws/lambda/python:3.12
COPY --from=build /wheels /wheels
RUN pip install /wheels/*
