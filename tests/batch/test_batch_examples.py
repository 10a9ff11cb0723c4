"""The scripts of examples/batch do what their comments say."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from campaigns import IDENTITY, LEGACY, REFUSED, bare, git, report, written

from migrate.batch.choices import read
from migrate.batch.sources import Repository

FOLDER = Path(__file__).parents[2] / "examples" / "batch"


def run(cwd: Path, *command: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    everything = os.environ | IDENTITY | {"PATH": path} | environment
    return subprocess.run(command, cwd=cwd, env=everything, capture_output=True, text=True, check=False)


def test_shell_script_looks_first_and_pushes_when_told(tmp_path: Path) -> None:
    remote = bare(tmp_path / "service.git", LEGACY)
    written(tmp_path, {"list.txt": f"{remote}\n", "c/uvmigrate.toml": "lock = false\n"})
    looked = run(tmp_path, FOLDER / "campaign.sh", "list.txt", "c")
    assert looked.returncode == 0, looked.stderr
    assert report(tmp_path / "c")["service"]["state"] == "planned"
    assert git(remote, "branch", "--list", "uvmigrate") == ""
    assert run(tmp_path, FOLDER / "campaign.sh", "list.txt", "c", PUSH="1").returncode == 0
    assert report(tmp_path / "c")["service"]["commit"] == git(remote, "rev-parse", "uvmigrate")


def test_choices_of_the_example_are_read(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "uvmigrate.toml", tmp_path)
    names = ("acme/legacy-shop", "acme/billing", "acme/search")
    written_choices = read(tmp_path, [Repository(name, f"/{name}") for name in names])
    assert written_choices.for_all["branch"] == "chore/uv"
    assert len(written_choices.by_pattern) == 2


@pytest.mark.network
def test_python_script_writes_what_has_no_open_question(tmp_path: Path) -> None:
    written(tmp_path / "all" / "legacy", LEGACY)
    written(tmp_path / "all" / "refused", REFUSED)
    done = run(tmp_path, sys.executable, FOLDER / "campaign.py", "all", "--write")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0].startswith("legacy: 3 changes, ")
    assert (tmp_path / "all" / "legacy" / "uv.lock").exists()
    assert (tmp_path / "all" / "refused" / "requirements.txt").read_text() == REFUSED["requirements.txt"]
