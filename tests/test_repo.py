"""The snapshot of a folder: what is in it, what is not, and what cannot be read."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import RepoMaker

from migrate.errors import MigrateError
from migrate.once import once
from migrate.plan import Change
from migrate.repo import MAXIMUM_SIZE, Repo, UnreadableText


def test_generated_folders_and_environments_are_left_out(repo_of: RepoMaker) -> None:
    repo = repo_of(
        {
            "app/main.py": "",
            ".git/config": "",
            "app/node_modules/x.js": "",
            ".venv/x": "",
            "env/pyvenv.cfg": "",
            "env/lib/x.py": "",
            ".github/x.yml": "",
        }
    )
    assert repo.files == {"app/main.py", ".github/x.yml"}


def test_links_are_not_followed(repo_of: RepoMaker, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret").write_text("x")
    root = repo_of({"a": "a"}).root
    (root / "folder").symlink_to(outside)
    (root / "file").symlink_to(outside / "secret")
    (root / "self").symlink_to("self")
    repo = Repo.read(root)
    assert (set(repo.files), set(repo.links)) == ({"a"}, {"folder", "file", "self"})
    with pytest.raises(UnreadableText, match="symbolic link"):
        repo.get("file")
    with pytest.raises(UnreadableText, match="missing"):
        repo.text("folder/secret")


def test_folders_may_be_deeper_than_pythons_stack(repo_of: RepoMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repo_of({"a": "a"}).root
    monkeypatch.chdir(root)
    for _ in range(1500):
        os.mkdir("d")  # noqa: PTH102 - by steps, as the whole path is longer than the system takes
        os.chdir("d")
    Path("b").write_text("b")
    try:
        assert set(Repo.read(root).files) == {"a", f"{1500 * 'd/'}b"}
    finally:  # by steps again, as Python's own removal, which pytest calls for its old folders, ends at such a depth
        Path("b").unlink()
        for _ in range(1500):
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106


@pytest.mark.skipif(shutil.which("setpriv") is None or os.geteuid() != 0, reason="needs a file of somebody else")
@pytest.mark.parametrize("command", ["--dry-run --no-lock -C shut", "batch . --no-lock", "batch shut --no-lock"])
def test_a_folder_that_may_not_be_read_is_not_an_empty_one(tmp_path: Path, command: str) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    (shut / "requirements.txt").write_text("flask==3.0.3\n")
    os.chown(shut, 65534, 65534)
    shut.chmod(0o700)
    without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", sys.executable, "-m", "migrate"]
    done = subprocess.run([*without, *command.split()], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode in {1, 2}, done.stderr
    assert re.search("cannot be read|is not readable", done.stderr)
    assert "internal error" not in done.stderr


def test_snapshot_is_read_once(repo_of: RepoMaker) -> None:
    repo = repo_of({"a": "old"})
    assert repo.text("a") == "old"
    (repo.root / "a").write_text("new")
    assert repo.text("a") == "old"


def test_text_keeps_its_bytes(repo_of: RepoMaker) -> None:
    text = "\ufeffa\r\nb\rc\x0c\u2028"
    assert repo_of({"a": text}).text("a") == text


@pytest.mark.parametrize(
    ("data", "reason"), [(b"\xff", "UTF-8"), (b"x" * (MAXIMUM_SIZE + 1), "larger"), (None, "missing")]
)
def test_what_is_not_text_says_why(repo_of: RepoMaker, data: bytes | None, reason: str) -> None:
    repo = repo_of({} if data is None else {"a": data})
    with pytest.raises(UnreadableText, match=reason):
        repo.text("a")


def test_file_that_vanishes_says_why(repo_of: RepoMaker) -> None:
    repo = repo_of({"a": "x"})
    (repo.root / "a").unlink()
    with pytest.raises(UnreadableText, match="cannot be read"):
        repo.text("a")


def test_missing_file_is_none(repo_of: RepoMaker) -> None:
    assert repo_of({"a": "x"}).get("b") is None


@pytest.mark.parametrize("name", ["missing", "file"])
def test_project_must_be_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MigrateError, match="is not a folder"):
        Repo.read(tmp_path / name)


def test_change_must_change() -> None:
    with pytest.raises(ValueError, match="does not change"):
        Change("a", "x", "x")


def test_a_question_is_answered_once_for_each_snapshot_and_its_arguments(repo_of: RepoMaker) -> None:
    asked: list[str] = []

    @once
    def first_line(repo: Repo, path: str, *, end: str = "") -> str:
        asked.append(path)
        return repo.text(path).partition("\n")[0] + end

    repo = repo_of({"a": "one\ntwo", "b": "three"})
    other = repo.with_texts({"a": "four"})
    assert [first_line(repo, "a"), first_line(repo, "a"), first_line(repo, "b"), first_line(repo, "a", end="!")] == [
        "one",
        "one",
        "three",
        "one!",
    ]
    assert [first_line(other, "a"), first_line(Repo.read(repo.root), "a")] == ["four", "one"]
    assert asked == ["a", "b", "a", "a", "a"]


def test_a_question_that_fails_is_asked_again(repo_of: RepoMaker) -> None:
    @once
    def text(repo: Repo, path: str) -> str:
        return repo.text(path)

    repo = repo_of({"a": ""})
    for _ in range(2):
        with pytest.raises(UnreadableText):
            text(repo, "missing")
