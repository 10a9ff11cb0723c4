"""The stages of the example `compose-stages`, before and after: with the code mounted for developers, and as deployed.

The mount is the one of its compose file, as `docker run --volume` has it.
"""

import shutil
from pathlib import Path

import pytest
from engine import docker
from test_forms import SHOW

pytestmark = [pytest.mark.docker, pytest.mark.network]

EXAMPLE = Path(__file__).parents[2] / "examples" / "compose-stages"
ANSWER = "from web import app; print(app.test_client().get('/you').text)"
QUESTIONS = {
    "dev": ("flask --app web routes", "pytest --version 2>&1", f'python -c "{ANSWER}"', "pwd; id -un", "ls -A /app"),
    "prod": ("gunicorn --check-config web:app && echo fine", f'python -c "{ANSWER}"', "pwd; id -un", "ls -AR /app/web"),
}


@pytest.mark.parametrize("target", QUESTIONS)
def test_each_stage_does_what_it_did(target: str, tag: str, tmp_path: Path) -> None:
    before, after = (_said(target, f"{tag}:{side}", tmp_path / side) for side in ("before", "after"))
    assert after == before
    assert "hello you" in before


def _said(target: str, image: str, folder: Path) -> str:
    shutil.copytree(EXAMPLE / folder.name, folder)
    docker("build", "--target", target, "--tag", image, "--file", folder / "docker" / "Dockerfile", folder)
    shutil.rmtree(folder)
    shutil.copytree(EXAMPLE / "before" / "web", folder / "web")  # what is mounted is the code alone: it is the same
    mount = ("--volume", f"{folder}:/app") if target == "dev" else ()
    command = ("python", "-B", "-c", SHOW, *QUESTIONS[target])
    container = docker("create", "--rm", "--network", "none", *mount, image, *command).strip()
    return docker("start", "--attach", container)
