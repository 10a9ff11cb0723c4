"""podman and buildah in the place of Docker: the same figures, the same proofs, and nothing that stays behind."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from comparisons import SCHEMA, SERVICE
from engine import docker

from migrate.images.engine import Engine

pytestmark = [pytest.mark.docker, pytest.mark.network]
WANTED = ("python:3.11-slim", "ghcr.io/astral-sh/uv")


def podman(*arguments: str, saved: bytes | None = None) -> str:
    finished = subprocess.run(["podman", *arguments], check=False, capture_output=True, input=saved)
    if finished.returncode:
        pytest.skip(f"podman does not work here: {finished.stderr.decode()[-300:]}")
    return finished.stdout.decode()


@pytest.fixture(scope="module", autouse=True)
def images(engine: Engine) -> Iterator[None]:
    """Let podman have a store of its own with the images that Docker has, and no more than this machine may use.

    Its path is short: with a long one podman does not hear of the end of a container, and waits for 20 seconds.
    """
    if shutil.which("podman") is None:
        pytest.skip("podman is not installed")
    assert engine.program == "docker"
    folder = Path(tempfile.mkdtemp(prefix="uvm-"))
    (folder / "containers.conf").write_text('[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n')
    (folder / "storage.conf").write_text(
        f'[storage]\ndriver = "overlay"\ngraphroot = "{folder}/images"\nrunroot = "{folder}/run"\n'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTAINERS_CONF", str(folder / "containers.conf"))
        patch.setenv("CONTAINERS_STORAGE_CONF", str(folder / "storage.conf"))
        for wanted in WANTED:
            for name in docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", wanted).split():
                saved = subprocess.run(["docker", "save", name], check=True, capture_output=True).stdout
                full = name if "/" in name else f"docker.io/library/{name}"
                podman("tag", podman("load", "--quiet", saved=saved).split()[-1], full)
        podman("run", "--rm", "--network", "none", "docker.io/library/python:3.11-slim", "python", "-V")
        yield
        podman("system", "reset", "--force")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in SERVICE.items():
        (folder / name).write_text(text)
    return folder


def compare(project: Path, engine: str, scratch: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "migrate", "compare", str(project), "--engine", engine, "--format", "json"]
    environment = os.environ | {"TMPDIR": str(scratch)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize("name", ["podman", "buildah"])
def test_a_whole_comparison(project: Path, tmp_path: Path, name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    finished = compare(project, name, scratch)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    document = json.loads(finished.stdout)
    jsonschema.validate(document, SCHEMA)
    assert {proof["status"] for proof in document["proofs"]} == {"passed"}
    assert all(figure["before"] and figure["after"] for figure in document["figures"]), document["figures"]
    assert "uvmigrate-compare-" not in podman("image", "ls", "--all") + podman("ps", "--all")
    assert list(scratch.glob("uvmigrate-*")) == []
