FROM public.ecr.aws/lambda/python:3.12
# with uv
RUN --mount=from=ghcr.io/astral-sh/uv:9.9.9,source=/uv,target=/bin/uv \
    --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    UV_PROJECT_ENVIRONMENT=/var/lang UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0 \
    uv sync --locked --inexact --no-install-project --no-dev
COPY app.py ${LAMBDA_TASK_ROOT}/
CMD ["app.handler"]
