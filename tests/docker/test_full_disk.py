"""A comparison whose disk is full ends with one sentence, and nothing that it made stays."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from migrate.images.engine import Engine

pytestmark = [pytest.mark.docker, pytest.mark.usefixtures("alone_with_images")]

MEGABYTE = 1 << 20


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Give a folder with room for 12 MB: enough for a project and its lock, too little for an image."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", folder], check=False)
    if mounted.returncode:
        pytest.skip("a file system of its own needs rights that are missing here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def compared(project: Path, scratch: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "migrate", "compare", str(project)]
    environment = os.environ | {"TMPDIR": str(scratch)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def images(label: str) -> str:
    command = ["docker", "image", "ls", "--quiet", "--filter", f"label={label}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.network
@pytest.mark.parametrize("data", [0, 20 * MEGABYTE], ids=["an image to look into", "the project"])
def test_there_is_no_room_for(engine: Engine, small: Path, tmp_path: Path, data: int) -> None:
    assert engine.program == "docker"
    project = tmp_path / "project"
    project.mkdir()
    (project / "requirements.txt").write_text("idna==3.7\n")
    (project / "app.py").write_text("print('hello')\n")
    (project / "data").write_bytes(bytes(data))
    label = f"of-{uuid4().hex}"
    steps = (f"LABEL {label}=1", "WORKDIR /app", "COPY . .", "RUN pip install -r requirements.txt", "CMD python app.py")
    (project / "Dockerfile").write_text("\n".join(("FROM python:3.11-slim", *steps, "")))
    finished = compared(project, small)
    assert finished.returncode == 2, finished.stdout + finished.stderr
    assert finished.stderr.splitlines()[-1].startswith("uvmigrate: the disk is full: ")
    assert finished.stdout == ""
    assert images(label) == ""
    assert list(small.glob("uvmigrate-*")) == []
