"""What tests that compare images share: a legacy service, the schema of the result, and what may stay behind."""

import json
import os
from pathlib import Path

from engine import docker

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "compare.schema.json").read_text(encoding="utf-8"))
DOCKERFILE = """\
FROM python:3.11-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
"""
SERVICE = {
    "requirements.txt": "markdown==3.5\n",
    "app.py": "import markdown\nprint(markdown.markdown('hello'), flush=True)\n",
    "Dockerfile": DOCKERFILE,
}


def made() -> set[str]:
    """Return everything that a comparison could leave: images, containers, scratch folders."""
    listed = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").split()
    containers = docker("ps", "--all", "--format", "{{.Image}}").split()
    folders = Path(os.environ.get("TMPDIR", "/tmp")).glob("uvmigrate-compare-*")  # noqa: S108
    return {name for name in (*listed, *containers, *map(str, folders)) if "uvmigrate-compare-" in name}
