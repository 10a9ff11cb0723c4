"""Six legacy services as people write them, and two other ways to move each of them to uv by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

_SERVER = """\
from http.server import BaseHTTPRequestHandler, HTTPServer

import {modules}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")


if __name__ == "__main__":
    server = HTTPServer(("0.0.0.0", 8000), Handler)
    print("ready", flush=True)
    server.serve_forever()
"""


@dataclass(frozen=True, slots=True)
class Service:
    """A service: what it requires, its modules, its old Dockerfile, and what its images need beside Python.

    `build` and `run` are the Debian packages of the builder and of a slim runtime; `python` its version.
    """

    name: str
    requirements: str
    modules: str
    dockerfile: str
    build: str = ""
    run: str = ""
    python: str = "3.11"

    @property
    def files(self) -> Mapping[str, str]:
        """The files of the project, without the Dockerfile."""
        return {
            "requirements.txt": self.requirements,
            "app.py": _SERVER.format(modules=self.modules),
            "README.md": f"# {self.name}\n",
        }

    @property
    def article(self) -> str:
        """Two stages: everything in /app of the builder is copied whole."""
        return (
            f"FROM python:{self.python}-slim AS builder\n{_apt(self.build)}"
            "COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/\n"
            "WORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-dev\nCOPY . .\n"
            f"FROM python:{self.python}-slim\n{_apt(self.run)}"
            'WORKDIR /app\nCOPY --from=builder /app /app\nENV PATH="/app/.venv/bin:$PATH"\nCMD ["python", "app.py"]\n'
        )

    @property
    def documented(self) -> str:
        """Two stages with cache and bind mounts, an intermediate layer and bytecode; /app is copied whole as well."""
        cache = "--mount=type=cache,target=/root/.cache/uv"
        bind = " ".join(f"--mount=type=bind,source={name},target={name}" for name in ("uv.lock", "pyproject.toml"))
        return (
            f"FROM python:{self.python}-slim AS builder\n{_apt(self.build)}"
            "COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/\n"
            "ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0\nWORKDIR /app\n"
            f"RUN {cache} {bind} uv sync --locked --no-install-project --no-dev\n"
            f"COPY . /app\nRUN {cache} uv sync --locked --no-dev\n"
            f"FROM python:{self.python}-slim\n{_apt(self.run)}"
            'COPY --from=builder /app /app\nENV PATH="/app/.venv/bin:$PATH"\nWORKDIR /app\nCMD ["python", "app.py"]\n'
        )


def _apt(packages: str) -> str:
    install = f"apt-get install -y --no-install-recommends {packages}"
    return f"RUN apt-get update && {install} && rm -rf /var/lib/apt/lists/*\n" if packages else ""


SERVICES = (
    Service(
        "shop",
        "flask==3.0.3\nrequests==2.32.3\nsqlalchemy==2.0.31\ncelery==5.4.0\nredis==5.0.7\npyyaml==6.0.1\n",
        "celery, flask, redis, requests, sqlalchemy, yaml",
        "FROM python:3.11\nRUN apt-get update && apt-get install -y build-essential\nWORKDIR /app\nCOPY . .\n"
        'RUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    ),
    Service(
        "numeric",
        "numpy==1.26.4\npandas==2.2.2\nscipy==1.13.1\nscikit-learn==1.5.1\n",
        "numpy, pandas, scipy, sklearn",
        "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n"
        'CMD ["python", "app.py"]\n',
    ),
    Service(
        "django",
        "django==4.2.14\npsycopg2==2.9.9\npillow==10.4.0\ngunicorn==22.0.0\nwhitenoise==6.7.0\n",
        "PIL, django, gunicorn, psycopg2, whitenoise",
        "FROM python:3.11\nENV PYTHONUNBUFFERED=1\nRUN apt-get update && apt-get install -y build-essential libpq-dev\n"
        'WORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
        build="gcc libc6-dev libpq-dev",
        run="libpq5",
    ),
    Service(
        "fastapi",
        "fastapi==0.111.1\nuvicorn[standard]==0.30.1\nsqlalchemy==2.0.31\nhttpx==0.27.0\norjson==3.10.6\n"
        "boto3==1.34.144\npython-jose[cryptography]==3.3.0\nalembic==1.13.2\nasyncpg==0.29.0\n",
        "alembic, asyncpg, boto3, fastapi, httpx, jose, orjson, sqlalchemy, uvicorn",
        "FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n"
        'COPY . .\nCMD ["python", "app.py"]\n',
    ),
    Service(
        "compiled",
        "netifaces==0.11.0\npsutil==6.0.0\nregex==2024.5.15\n",
        "netifaces, psutil, regex",
        "FROM python:3.11-slim\nRUN apt-get update && apt-get install -y gcc libc6-dev\nWORKDIR /app\nCOPY . .\n"
        'RUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
        build="gcc libc6-dev",
    ),
    Service(
        "bot",
        "requests==2.32.3\n",
        "requests",
        'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    ),
)
