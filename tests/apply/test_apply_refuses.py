"""`apply` refuses what it must not or cannot write before anything is written."""

import os
import subprocess
from pathlib import Path

import pytest
from project import BAD_PATHS, CHANGES, made, state

from migrate.apply import apply, interrupted, recover
from migrate.errors import MigrateError
from migrate.plan import Change


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path)


def assert_refused(root: Path, match: str, *changes: Change, force: bool = True) -> None:
    """Assert that changes, put between two that would be fine, are refused and nothing at all is written."""
    around = (Change("0", None, "new\n"), *changes, Change("other.txt", "other", "changed"))
    before = state(root.parent)
    with pytest.raises(MigrateError, match=match) as caught:
        apply(root, around, force=force)
    assert "\n" not in str(caught.value)
    assert state(root.parent) == before


@pytest.mark.parametrize(
    "change",
    [
        Change("other.txt2", "gone", "new"),
        Change("Dockerfile", "FROM a\n", "new"),
        Change("Dockerfile", "FROM a\r\n\n", None),
        Change("Dockerfile", None, "new"),
        Change("sub/.dockerignore", "x", "new"),
    ],
    ids=lambda change: f"{change.path}-{change.before!r}",
)
def test_a_file_that_is_not_as_it_was_read(root: Path, change: Change) -> None:
    assert_refused(root, f"^{change.path} has changed since it was read; run uvmigrate again$", change)


def test_a_file_that_changes_while_the_new_contents_are_staged(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mkdir(path: Path, mode: int) -> None:
        (root / "Dockerfile").write_text("mine")
        make(path, mode)

    make = os.mkdir
    monkeypatch.setattr(os, "mkdir", mkdir)
    before = state(root)
    with pytest.raises(MigrateError, match=r"^Dockerfile has changed in the meantime$"):
        apply(root, CHANGES)
    assert state(root) == before | {"Dockerfile": (before["Dockerfile"][0], b"mine")}


def test_a_file_that_is_no_longer_text(root: Path) -> None:
    (root / "Dockerfile").write_bytes(b"\xff")
    assert_refused(root, "Dockerfile has changed", CHANGES[0])


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_is_not_one_of_a_file_of_the_project(root: Path, path: str) -> None:
    (root / ".git").mkdir()
    (root / ".git/config").write_text("")
    for before in (None, "outside", ""):
        assert_refused(root, "is not the path of a file that uvmigrate may change$", Change(path, before, "new"))


@pytest.mark.parametrize("target", ["other.txt", "../outside", "nowhere", "link"])
@pytest.mark.parametrize("before", [None, "other", "outside"])
def test_a_link_in_place_of_a_file(root: Path, target: str, before: str | None) -> None:
    (root / "link").symlink_to(target)
    assert_refused(root, "^link cannot be changed: it is not a regular file$", Change("link", before, "new"))


@pytest.mark.parametrize("target", ["sub", "..", "nowhere", "other.txt"])
def test_a_link_in_place_of_a_folder(root: Path, target: str) -> None:
    (root / "link").symlink_to(target)
    for path in ("link/new", "link/outside", "link/sub/new"):
        assert_refused(root, "link is missing, a link, or no folder$", Change(path, None, "new"))


def test_a_folder_or_a_pipe_in_place_of_a_file(root: Path) -> None:
    os.mkfifo(root / "pipe")
    for path in ("sub", "pipe"):
        assert_refused(root, f"^{path} cannot be changed: it is not a regular file$", Change(path, None, "new"))


@pytest.mark.parametrize("path", ["missing/new", "other.txt/new"])
def test_a_folder_that_does_not_exist(root: Path, path: str) -> None:
    assert_refused(root, "is missing, a link, or no folder$", Change(path, None, "new"))


def test_a_name_that_the_system_does_not_take(root: Path) -> None:
    assert_refused(root, "File name too long; nothing was changed$", Change("x" * 300, None, "new"))


def test_a_text_that_utf8_cannot_hold(root: Path) -> None:
    change = Change("new", None, "\udcff")
    assert_refused(root, "^new cannot be written as UTF-8: surrogates not allowed$", change)


@pytest.mark.parametrize("name", ["missing", "other.txt", "loop"])
def test_a_project_that_is_no_folder(root: Path, name: str) -> None:
    (root / "loop").symlink_to("loop")
    for call in (lambda: apply(root / name, CHANGES), lambda: recover(root / name)):
        with pytest.raises(MigrateError, match=f"{name} cannot be changed: .*; nothing was changed$"):
            call()
    assert not interrupted(root / name)


def test_two_changes_of_one_path_are_a_mistake_of_the_caller(root: Path) -> None:
    before = state(root)
    with pytest.raises(ValueError, match="same path"):
        apply(root, [*CHANGES, CHANGES[0]])
    assert state(root) == before


def commit_all(root: Path) -> None:
    user = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgSign=false")
    for arguments in (("init", "--quiet"), ("add", "--all"), (*user, "commit", "--quiet", "--message", "test")):
        subprocess.run(["git", *arguments], cwd=root, check=True)


def test_git_has_everything_and_nobody_is_bothered(root: Path) -> None:
    commit_all(root)
    (root / "notes").write_text("not ours")
    apply(root, CHANGES)
    assert (root / "pyproject.toml").exists()


def test_a_file_with_uncommitted_changes_needs_force(root: Path) -> None:
    commit_all(root)
    (root / "sub/.dockerignore").write_text("mine")
    change = Change("sub/.dockerignore", "mine", "yours")
    message = r"^git has uncommitted changes in sub/\.dockerignore; commit them or use --force$"
    assert_refused(root, message, change, force=False)
    apply(root, [change], force=True)
    assert (root / "sub/.dockerignore").read_text() == "yours"


def test_a_file_that_git_does_not_know_needs_force(root: Path) -> None:
    commit_all(root)
    (root / "requirements.in").write_text("flask")
    assert_refused(
        root, "uncommitted changes in requirements.in;", Change("requirements.in", "flask", None), force=False
    )


def test_a_repository_that_git_cannot_read_needs_force(root: Path) -> None:
    (root / ".git").write_text("gitdir: nowhere")
    assert_refused(root, "^git cannot tell .*; use --force to go on without it$", force=False)
    apply(root, CHANGES, force=True)
