import subprocess
from pathlib import Path

import pytest

from migrate import git
from migrate.errors import MigrateError


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "sub").mkdir(parents=True)
    (folder / "requirements.txt").write_text("flask\n")
    (folder / "sub" / "more.txt").write_text("numpy\n")
    (folder / "link.txt").symlink_to("requirements.txt")
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    (folder / "requirements.txt").write_text("django\n")
    return folder


def test_regular_files_of_the_commit(repository: Path) -> None:
    files = git.committed_files(repository, "HEAD")
    assert set(files) == {"requirements.txt", "sub/more.txt"}
    assert files["requirements.txt"] == b"flask\n"
    assert files["requirements.txt"] == b"flask\n"


def test_folder_below_the_work_tree(repository: Path) -> None:
    assert git.committed_files(repository / "sub", "HEAD")["more.txt"] == b"numpy\n"


def test_filters_of_the_repository_do_not_run(repository: Path, tmp_path: Path) -> None:
    (repository / ".git" / "info").mkdir(exist_ok=True)
    (repository / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n")
    for setting in ("filter.evil.smudge", "diff.evil.textconv", "core.fsmonitor"):
        subprocess.run(["git", "config", setting, f"touch {tmp_path}/ran"], cwd=repository, check=True)
    assert git.committed_files(repository, "HEAD")["requirements.txt"] == b"flask\n"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "HEAD:requirements.txt"])
def test_unknown_revision(repository: Path, revision: str) -> None:
    with pytest.raises(MigrateError, match="git knows no commit"):
        git.committed_files(repository, revision)
