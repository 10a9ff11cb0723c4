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


def test_files_of_the_commit(repository: Path, tmp_path: Path) -> None:
    folder = git.check_out(repository, "HEAD", tmp_path / "then")
    assert {path.name for path in folder.iterdir()} == {"requirements.txt", "sub", "link.txt"}
    assert (folder / "requirements.txt").read_bytes() == b"flask\n"
    assert (repository / "requirements.txt").read_bytes() == b"django\n"


def test_bytes_that_are_no_text_stay(repository: Path, tmp_path: Path) -> None:
    content = "flask  \r\n".encode("utf-16")
    (repository / "requirements.txt").write_bytes(content)
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "-qam", "y"], cwd=repository, check=True
    )
    folder = git.check_out(repository, "HEAD", tmp_path / "then")
    assert (folder / "requirements.txt").read_bytes() == content


def test_folder_below_the_work_tree(repository: Path, tmp_path: Path) -> None:
    assert git.check_out(repository / "sub", "HEAD", tmp_path / "then") == tmp_path / "then" / "sub"
    assert (tmp_path / "then" / "sub" / "more.txt").read_bytes() == b"numpy\n"


def test_hooks_and_filters_of_the_repository_do_not_run(repository: Path, tmp_path: Path) -> None:
    (repository / ".git" / "info").mkdir(exist_ok=True)
    (repository / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n")
    for setting in ("filter.evil.smudge", "diff.evil.textconv", "core.fsmonitor", "uploadpack.packObjectsHook"):
        subprocess.run(["git", "config", setting, f"touch {tmp_path}/ran"], cwd=repository, check=True)
    hook = repository / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    assert (git.check_out(repository, "HEAD", tmp_path / "then") / "requirements.txt").read_bytes() == b"flask\n"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "HEAD:requirements.txt"])
def test_unknown_revision(repository: Path, tmp_path: Path, revision: str) -> None:
    with pytest.raises(MigrateError, match="git knows no commit"):
        git.check_out(repository, revision, tmp_path / "then")


def test_folder_that_the_revision_does_not_have(repository: Path, tmp_path: Path) -> None:
    (repository / "new").mkdir()
    with pytest.raises(MigrateError, match="the project is not in HEAD; name an earlier revision"):
        git.check_out(repository / "new", "HEAD", tmp_path / "then")


def test_revision_that_cannot_be_checked_out(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "then").mkdir()
    (tmp_path / "then" / "file").touch()
    with pytest.raises(MigrateError, match="git cannot check HEAD out"):
        git.check_out(repository, "HEAD", tmp_path / "then")
