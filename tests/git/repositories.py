"""Repositories to ask about."""

import os
import subprocess
from pathlib import Path

import pytest

USER = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgSign=false")


def git(folder: Path, *arguments: str) -> str:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *USER, *arguments]
    finished = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return finished.stdout


def commit(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", "test")


def new_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository in which a.txt, b.txt and sub/c.txt are committed, and forget the settings of this machine."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    repository = folder / "repository"
    repository.mkdir()
    git(repository, "init", "--quiet")
    commit(repository, {"a.txt": "a\n", "b.txt": "b\r\n", "sub/c.txt": "c"})
    return repository
