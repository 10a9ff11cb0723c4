FROM python:3.12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5.7 /uv /bin/uv
WORKDIR /app
COPY requirements.txt requirements-lint.txt ./
RUN uv pip install --python /usr/local/bin/python3 --prerelease=allow -r requirements.txt
RUN ["uv", "pip", "check", "--system"]
COPY . .
CMD ["python", "app.py"]
