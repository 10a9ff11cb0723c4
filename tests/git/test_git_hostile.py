"""Asking git runs nothing of the repository, and what git cannot tell is refused."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from repositories import commit, git, new_repository

from migrate.errors import MigrateError
from migrate.git import uncommitted


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return new_repository(tmp_path, monkeypatch)


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"])
def test_variables_that_lead_elsewhere_are_ignored(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (repository / "a.txt").write_text("other\n")
    monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    assert uncommitted(repository, ["a.txt", "b.txt"]) == ("a.txt",)


def cannot_tell(reason: str) -> "re.Pattern[str]":
    return re.compile(f"^git cannot tell whether files in .* have uncommitted changes [(]{reason}.*[)]; use --force")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository to somebody else")
def test_a_repository_of_somebody_else_is_refused_until_the_user_trusts_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SUDO_UID", "SUDO_GID"):
        monkeypatch.delenv(name, raising=False)
    for path in (repository, repository / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(MigrateError, match=cannot_tell("detected dubious ownership")):
        uncommitted(repository, ["a.txt"])
    for name, value in {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": str(repository)}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert uncommitted(repository, ["a.txt"]) == ()


def test_a_damaged_repository_is_refused(repository: Path) -> None:
    (repository / ".git/index").write_bytes(b"no index")
    with pytest.raises(MigrateError, match=cannot_tell("")):
        uncommitted(repository, ["a.txt"])


def test_a_work_tree_whose_repository_is_gone_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /no/such/folder\n")
    with pytest.raises(MigrateError, match=cannot_tell("not a git repository: ")):
        uncommitted(tmp_path, ["a.txt"])


def test_a_file_behind_a_link_counts(repository: Path) -> None:
    (repository / "link").symlink_to("sub")
    assert uncommitted(repository, ["link/c.txt", "link/new.txt"]) == ("link/c.txt",)


def trap(repository: Path) -> tuple[Path, str]:
    """Return a marker that does not exist and a shell command that makes it."""
    script = repository.parent / "evil.sh"
    script.write_text('#!/bin/sh\ntouch "$(dirname "$0")/marker"\n')
    script.chmod(0o755)
    return repository.parent / "marker", str(script)


@pytest.mark.parametrize("key", ["core.fsmonitor", "filter.evil.clean", "filter.evil.process", "core.hooksPath"])
def test_the_repositorys_own_programs_do_not_run(repository: Path, key: str) -> None:
    marker, evil = trap(repository)
    commit(repository, {".gitattributes": "*.txt filter=evil\n"})
    (repository.parent / "hooks").mkdir()
    shutil.copy(evil, repository.parent / "hooks/post-index-change")
    (repository.parent / "hooks/marker").symlink_to(marker)
    git(repository, "config", key, str(repository.parent / "hooks") if key == "core.hooksPath" else evil)
    for name in ("a.txt", "b.txt"):
        os.utime(repository / name, (1, 1))
    (repository / "b.txt").write_text("other\n")

    assert uncommitted(repository, ["a.txt", "b.txt", "sub/c.txt", "new.txt"]) == ("b.txt",)
    assert not marker.exists()

    with suppress(subprocess.CalledProcessError):
        git(repository, "status")
    assert marker.exists(), "the trap is not live, so the test shows nothing"


def test_missing_objects_are_not_fetched(repository: Path) -> None:
    marker, evil = trap(repository)
    tree = git(repository, "rev-parse", "HEAD^{tree}").strip()
    settings = {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{evil}",
        "protocol.ext.allow": "always",
    }
    for key, value in settings.items():
        git(repository, "config", key, value)
    (repository / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(MigrateError, match=cannot_tell("")):
        uncommitted(repository, ["a.txt"])
    assert not marker.exists()

    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "ls-tree", "HEAD")
    assert marker.exists(), "the trap is not live, so the test shows nothing"


def test_a_folder_that_poses_as_a_bare_repository_is_refused(tmp_path: Path) -> None:
    marker, evil = trap(tmp_path / "bare")
    git(tmp_path, "init", "--quiet", "--bare", "bare")
    git(tmp_path / "bare", "config", "core.bare", "false")
    git(tmp_path / "bare", "config", "core.worktree", "..")
    git(tmp_path / "bare", "config", "core.fsmonitor", evil)
    with pytest.raises(MigrateError, match=cannot_tell("cannot use bare repository")):
        uncommitted(tmp_path / "bare", ["config"])
    assert not marker.exists()
