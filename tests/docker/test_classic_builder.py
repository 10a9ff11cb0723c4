"""What `--no-cache-mounts` is for: builders without BuildKit."""

import os
import subprocess
from pathlib import Path

import pytest
from engine import docker

from migrate.apply import apply
from migrate.migration import migrate
from migrate.options import Options

pytestmark = [pytest.mark.docker, pytest.mark.network]

FILES = {
    "app.py": "import click\nprint('click', click.__version__)\n",
    "requirements.txt": "click==8.1.7\n",
    "Dockerfile": "FROM python:3.11-slim\nWORKDIR /srv/shop\nCOPY requirements.txt .\n"
    'RUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n',
}


@pytest.mark.parametrize("cache_mounts", [False, True])
def test_the_classic_builder_builds_it_without_cache_mounts(tag: str, tmp_path: Path, *, cache_mounts: bool) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    apply(tmp_path, migrate(tmp_path, Options(cache_mounts=cache_mounts)).changes)
    # The last docker of PATH is no wrapper that chooses the builder.
    engine = [found for folder in os.get_exec_path() if (found := Path(folder, "docker")).exists()][-1]
    built = subprocess.run(
        [engine, "build", "--network", "host", "--tag", f"{tag}:classic", tmp_path],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"DOCKER_BUILDKIT": "0"},
    )
    assert (built.returncode == 0) is not cache_mounts, built.stderr
    if cache_mounts:
        assert "BuildKit" in built.stderr
    else:
        assert docker("start", "--attach", docker("create", "--rm", f"{tag}:classic").strip()) == "click 8.1.7\n"
