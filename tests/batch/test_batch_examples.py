"""The scripts of examples/batch do what their comments say."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from campaigns import EMPTY, IDENTITY, LEGACY, REFUSED, bare, git, report, written

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
def test_all_repos_pushes_what_has_no_open_question(tmp_path: Path) -> None:
    remotes = {
        name: bare(tmp_path / f"{name}.git", files)
        for name, files in {"legacy": LEGACY, "refused": REFUSED, "empty": EMPTY}.items()
    }
    settings = {
        "output_dir": str(tmp_path / "clones"),
        "source": "all_repos.source.json_file",
        "source_settings": {"filename": str(tmp_path / "repositories.json")},
        "push": "all_repos.push.merge_to_master",
        "push_settings": {},
    }
    listed = {name: str(remote) for name, remote in remotes.items()}
    written(tmp_path, {"all-repos.json": json.dumps(settings), "repositories.json": json.dumps(listed)})
    (tmp_path / "all-repos.json").chmod(0o600)
    assert run(tmp_path, "all-repos-clone", "-C", "all-repos.json").returncode == 0
    done = run(tmp_path, sys.executable, FOLDER / "all_repos_fixer.py", "-C", "all-repos.json")
    assert done.returncode == 0, done.stderr
    assert git(remotes["legacy"], "show", "--format=%s", "--name-only", "main^2").splitlines() == [
        *("Move from pip to uv", "", "pyproject.toml", "requirements.txt", "uv.lock"),
    ]
    for untouched in ("refused", "empty"):
        assert git(remotes[untouched], "rev-list", "--count", "main") == "1"


def test_recipes_for_other_tools_have_only_keys_that_these_know() -> None:
    """The keys are those of multi-gitter's `run` command; the workflow is checked by what GitHub needs to start it."""
    keys = {
        line.partition(":")[0] for line in (FOLDER / "multi-gitter.yaml").read_text().splitlines() if line[0] != "#"
    }
    assert keys <= {
        *("org", "branch", "commit-message", "draft", "labels", "reviewers", "concurrent", "fetch-depth"),
    }
    workflow = (FOLDER / "github-matrix.yml").read_text()
    assert workflow.index("\non:") < workflow.index("\njobs:")
    assert "${{ matrix.repository }}" not in workflow[workflow.index("steps:") :], "no text of a list in a shell"


@pytest.mark.network
def test_python_script_writes_what_has_no_open_question(tmp_path: Path) -> None:
    written(tmp_path / "all" / "legacy", LEGACY)
    written(tmp_path / "all" / "refused", REFUSED)
    done = run(tmp_path, sys.executable, FOLDER / "campaign.py", "all", "--write")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0].startswith("legacy: 3 changes, ")
    assert (tmp_path / "all" / "legacy" / "uv.lock").exists()
    assert (tmp_path / "all" / "refused" / "requirements.txt").read_text() == REFUSED["requirements.txt"]
