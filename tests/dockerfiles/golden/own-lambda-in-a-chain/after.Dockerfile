FROM amazon/aws-lambda-python:3.11
COPY . .
RUN --mount=from=ghcr.io/astral-sh/uv:9.9.9,source=/uv,target=/bin/uv \
    --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    yum install -y gcc && \
    UV_PROJECT_ENVIRONMENT=/var/lang UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0 \
    uv sync --locked --inexact --no-install-project --no-dev && \
    yum remove -y gcc && \
    yum clean all
CMD ["app.handler"]
