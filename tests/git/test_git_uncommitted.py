"""Which files git could not bring back."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repositories import commit, git, new_repository

from migrate.git import uncommitted


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return new_repository(tmp_path, monkeypatch)


def test_committed_files_do_not_count(repository: Path) -> None:
    assert uncommitted(repository, ["sub/c.txt", "b.txt", "a.txt"]) == ()


def test_paths_where_nothing_is_and_nothing_was_do_not_count(repository: Path) -> None:
    assert uncommitted(repository, ["new.txt", "sub/new.txt", "no/folder/new.txt"]) == ()


def test_no_paths_are_never_uncommitted(repository: Path) -> None:
    (repository / "a.txt").write_text("other\n")
    assert uncommitted(repository, []) == ()


def test_changes_of_other_files_do_not_count(repository: Path) -> None:
    (repository / "a.txt").write_text("other\n")
    (repository / "untracked.txt").write_text("new\n")
    assert uncommitted(repository, ["b.txt", "sub/c.txt"]) == ()


def test_a_file_that_was_only_touched_does_not_count(repository: Path) -> None:
    (repository / "a.txt").write_text("a\n")
    os.utime(repository / "a.txt", (1, 1))
    assert uncommitted(repository, ["a.txt"]) == ()


def test_the_index_is_not_written(repository: Path) -> None:
    os.utime(repository / "a.txt", (1, 1))
    before = (repository / ".git/index").read_bytes()
    uncommitted(repository, ["a.txt"])
    assert (repository / ".git/index").read_bytes() == before


def test_line_endings_that_git_converted_do_not_count(repository: Path) -> None:
    commit(repository, {".gitattributes": "*.bat text eol=crlf\n", "x.bat": "one\r\ntwo\r\n"})
    assert git(repository, "cat-file", "blob", "HEAD:x.bat") == "one\ntwo\n"
    assert uncommitted(repository, ["x.bat"]) == ()


def test_an_unstaged_change_counts(repository: Path) -> None:
    (repository / "a.txt").write_text("other\n")
    assert uncommitted(repository, ["a.txt", "b.txt"]) == ("a.txt",)


def test_a_staged_change_counts(repository: Path) -> None:
    (repository / "sub/c.txt").write_text("other")
    git(repository, "add", "sub/c.txt")
    assert uncommitted(repository, ["sub/c.txt", "a.txt"]) == ("sub/c.txt",)


def test_a_staged_change_counts_even_if_the_file_is_back_to_the_commit(repository: Path) -> None:
    (repository / "a.txt").write_text("other\n")
    git(repository, "add", "a.txt")
    (repository / "a.txt").write_text("a\n")
    assert uncommitted(repository, ["a.txt"]) == ("a.txt",)


@pytest.mark.parametrize("arguments", [(), ("--intent-to-add",)])
def test_a_new_file_counts_when_it_is_in_the_index_only(repository: Path, arguments: tuple[str, ...]) -> None:
    (repository / "new.txt").write_text("")
    git(repository, "add", *arguments, "new.txt")
    assert uncommitted(repository, ["new.txt"]) == ("new.txt",)


def test_untracked_and_ignored_files_count(repository: Path) -> None:
    commit(repository, {".gitignore": "secret.txt\n"})
    for name in ("new.txt", "secret.txt"):
        (repository / name).write_text("x")
    assert uncommitted(repository, ["secret.txt", "new.txt", "a.txt"]) == ("new.txt", "secret.txt")


def test_a_deletion_counts_until_it_is_committed(repository: Path) -> None:
    (repository / "a.txt").unlink()
    assert uncommitted(repository, ["a.txt"]) == ("a.txt",)
    git(repository, "rm", "--quiet", "a.txt")
    assert uncommitted(repository, ["a.txt"]) == ("a.txt",)
    git(repository, "commit", "--quiet", "--message", "gone")
    assert uncommitted(repository, ["a.txt"]) == ()


def test_a_change_that_git_was_told_to_overlook_counts(repository: Path) -> None:
    git(repository, "update-index", "--assume-unchanged", "a.txt")
    (repository / "a.txt").write_text("other\n")
    assert uncommitted(repository, ["a.txt"]) == ("a.txt",)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_something_else_in_place_of_a_committed_file_counts(repository: Path, kind: str) -> None:
    (repository / "a.txt").unlink()
    if kind == "link":
        (repository / "copy").write_text("a\n")
        (repository / "a.txt").symlink_to("copy")
    elif kind == "folder":
        (repository / "a.txt").mkdir()
    else:
        os.mkfifo(repository / "a.txt")
    assert uncommitted(repository, ["a.txt"]) == ("a.txt",)


def test_a_conflict_counts(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "other")
    git(repository, "rm", "--quiet", "a.txt")
    git(repository, "commit", "--quiet", "--message", "gone")
    git(repository, "checkout", "--quiet", "-")
    commit(repository, {"a.txt": "changed\n"})
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "other")
    assert (repository / "a.txt").read_text() == "changed\n"
    assert uncommitted(repository, ["a.txt"]) == ("a.txt",)


def test_every_existing_file_counts_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a.txt").write_text("a")
    assert uncommitted(tmp_path, ["a.txt", "new.txt"]) == ("a.txt",)
    git(tmp_path, "add", "a.txt")
    assert uncommitted(tmp_path, ["a.txt", "new.txt"]) == ("a.txt",)


def test_paths_are_relative_to_the_folder_below_the_top(repository: Path) -> None:
    assert uncommitted(repository / "sub", ["c.txt", "a.txt"]) == ()
    (repository / "sub/c.txt").write_text("other")
    assert uncommitted(repository / "sub", ["c.txt", "a.txt"]) == ("c.txt",)


ODD_NAMES = [":(top)a.txt", "*", "[ab].txt", "-v", "with space ", "tab\t", "ä.txt", 'quote".txt', "\\", ":!a.txt", "#"]


def test_names_are_names_and_not_patterns(repository: Path) -> None:
    commit(repository, dict.fromkeys(ODD_NAMES, "same"))
    assert uncommitted(repository, ODD_NAMES) == ()
    for name in ODD_NAMES:
        (repository / name).write_text("other")
        assert uncommitted(repository, ODD_NAMES) == (name,)
        (repository / name).write_text("same")


def test_a_name_that_cannot_be_listed_counts(repository: Path) -> None:
    name = os.fsdecode(b"\xff.txt")
    commit(repository, {name: "same"})
    assert uncommitted(repository, [name]) == (name,)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary())
def test_the_hash_is_gits_own(repository: Path, data: bytes) -> None:
    commit(repository, {"any.bin": b"x" + data, "number": os.urandom(8)})
    assert uncommitted(repository, ["any.bin"]) == ()
    (repository / "any.bin").write_bytes(b"y" + data)
    assert uncommitted(repository, ["any.bin"]) == ("any.bin",)


def test_repositories_with_the_longer_hash_are_understood(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256")
    commit(tmp_path, {"a.txt": "a\n", "b.txt": "b\n"})
    (tmp_path / "b.txt").write_text("other\n")
    assert uncommitted(tmp_path, ["a.txt", "b.txt"]) == ("b.txt",)


def test_a_linked_work_tree_is_understood(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    assert uncommitted(tmp_path / "linked", ["a.txt"]) == ()
    (tmp_path / "linked/a.txt").write_text("other\n")
    assert uncommitted(tmp_path / "linked", ["a.txt"]) == ("a.txt",)


def test_outside_of_a_repository_nothing_counts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    assert uncommitted(tmp_path, ["a.txt"]) == ()


def test_without_git_nothing_counts(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "a.txt").write_text("other\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert uncommitted(repository, ["a.txt"]) == ()
