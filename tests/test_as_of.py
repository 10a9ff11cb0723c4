import os
import subprocess
from pathlib import Path

import pytest

from migrate.as_of import as_of
from migrate.errors import MigrateError


@pytest.mark.parametrize(
    ("chosen", "time"),
    [
        ("2024-05-31", "2024-06-01T00:00:00Z"),
        ("2024-05-31T12:00:00", "2024-05-31T12:00:00Z"),
        ("2024-05-31T12:00:00+02:00", "2024-05-31T10:00:00Z"),
        ("2024-05-31T12:00:00Z", "2024-05-31T12:00:00Z"),
    ],
)
def test_date_and_time(tmp_path: Path, chosen: str, time: str) -> None:
    assert as_of(chosen, tmp_path, []) == time


@pytest.mark.parametrize("chosen", ["", "yesterday", "31.5.2024", "2024-02-30", "GIT"])
def test_what_is_no_time_is_refused(tmp_path: Path, chosen: str) -> None:
    with pytest.raises(MigrateError, match="--as-of takes a date"):
        as_of(chosen, tmp_path, [])


def commit(folder: Path, time: str) -> None:
    dates = {"GIT_COMMITTER_DATE": time, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "-qm", "x"]
    subprocess.run(command, cwd=folder, check=True, env=os.environ | dates)


def test_git_is_the_last_commit_that_touched_the_files(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "requirements.txt").write_text("flask\n")
    commit(tmp_path, "2022-03-04T05:06:07Z")
    (tmp_path / "README").write_text("later\n")
    commit(tmp_path, "2023-01-01T00:00:00Z")
    assert as_of("git", tmp_path, ["requirements.txt"]) == "2022-03-04T05:06:07Z"
    with pytest.raises(MigrateError, match="no commit has touched"):
        as_of("git", tmp_path, ["other.txt"])


def test_git_without_a_repository(tmp_path: Path) -> None:
    with pytest.raises(MigrateError, match="git cannot tell when"):
        as_of("git", tmp_path, ["requirements.txt"])
