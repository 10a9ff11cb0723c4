"""A commit is made in the repository of the folder that was named, and in no other, whatever git is told."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from campaigns import EMPTY, LEGACY, batch, committed, git, report, states, written


def as_a_file(evil: Path, victim: Path) -> None:
    (evil / ".git").write_text(f"gitdir: {victim}/.git\n")


def as_a_link(evil: Path, victim: Path) -> None:
    (evil / ".git").symlink_to(victim / ".git")


def as_its_work_tree(evil: Path, victim: Path) -> None:
    committed(evil, LEGACY)
    git(evil, "config", "core.worktree", str(victim))


def as_a_work_tree_of_it(evil: Path, victim: Path) -> None:
    git(victim, "worktree", "add", "-q", "--detach", str(victim.with_name("other")))
    (evil / ".git").write_bytes((victim.with_name("other") / ".git").read_bytes())


@pytest.mark.parametrize("pose", [as_a_file, as_a_link, as_its_work_tree, as_a_work_tree_of_it])
def test_a_folder_that_poses_as_another_repository_changes_neither(
    tmp_path: Path, pose: Callable[[Path, Path], None]
) -> None:
    victim = committed(tmp_path / "victim", LEGACY)
    evil = written(tmp_path / "evil", LEGACY)
    pose(evil, victim)
    assert batch(tmp_path, "evil", "--no-lock", "--campaign", "c", "--commit").returncode == 1
    assert "leads to another folder" in report(tmp_path / "c")["evil"]["reason"]
    assert git(victim, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert git(victim, "status", "--porcelain", "--branch") == "## main"
    assert (evil / "requirements.txt").read_text() == LEGACY["requirements.txt"]
    assert not (evil / "pyproject.toml").exists()


@pytest.mark.parametrize("tail", [" ", "\t", "\n"])
def test_a_blank_at_the_end_of_a_name_counts(tmp_path: Path, tail: str) -> None:
    other = committed(tmp_path / "service", LEGACY)
    meant = committed(tmp_path / f"service{tail}", LEGACY)
    assert batch(tmp_path, str(meant), "--no-lock", "--campaign", "c", "--commit").returncode == 0
    assert git(other, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert git(meant, "branch", "--show-current") == "uvmigrate"
    assert git(meant, "status", "--porcelain") == ""


def test_work_trees_submodules_and_separate_repositories_are_committed_to(tmp_path: Path) -> None:
    main = committed(tmp_path / "main", LEGACY)
    git(main, "worktree", "add", "-q", "--detach", "../tree")
    whole = committed(tmp_path / "whole", EMPTY)
    git(whole, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(main), "part")
    apart = committed(tmp_path / "apart", LEGACY)
    git(apart, "init", "-q", "--separate-git-dir", "../apart.git")
    places = [tmp_path / "tree", whole / "part", apart]
    assert batch(tmp_path, *map(str, places), "--no-lock", "--campaign", "c", "--commit").returncode == 0
    for place in places:
        assert git(place, "branch", "--show-current") == "uvmigrate"
        assert git(place, "status", "--porcelain") == ""
    assert git(main, "branch", "--show-current") == "main"


def test_a_folder_whose_name_is_not_utf_8_has_its_commit_there(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    top = committed(tmp_path / "mono", {f"{name}/{path}": text for path, text in LEGACY.items()})
    assert batch(tmp_path, str(top / name), "--no-lock", "--campaign", "c", "--commit").returncode == 0
    assert set(states(tmp_path / "c").values()) == {"migrated"}
    assert git(top, "status", "--porcelain") == ""
    assert len(git(top, "show", "--format=", "--name-only", "HEAD").splitlines()) == len(("pyproject.toml", "gone"))


def test_a_push_takes_neither_tags_nor_submodules_along(tmp_path: Path) -> None:
    project = committed(tmp_path / "service", LEGACY)
    git(tmp_path, "clone", "-q", "--bare", "service", "service.git")
    git(project, "remote", "add", "origin", str(tmp_path / "service.git"))
    git(project, "tag", "-a", "-m", "mine", "private")
    git(project, "config", "push.followTags", "true")
    git(project, "config", "push.recurseSubmodules", "only")
    assert batch(tmp_path, "service", "--no-lock", "--campaign", "c", "--push").returncode == 0
    assert git(tmp_path / "service.git", "for-each-ref", "--format=%(refname)").splitlines() == [
        "refs/heads/main",
        "refs/heads/uvmigrate",
    ]


def test_a_commit_has_the_line_ends_of_the_repository_not_of_the_folder(tmp_path: Path) -> None:
    image = "FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
    project = committed(tmp_path / "service", LEGACY | {"Dockerfile": image, "crlf.txt": "a\r\n"})
    (project / "Dockerfile").write_bytes(image.replace("\n", "\r\n").encode())
    git(project, "config", "core.autocrlf", "true")
    git(project, "add", "Dockerfile")
    assert batch(tmp_path, "service", "--no-lock", "--campaign", "c", "--commit").returncode == 0
    assert "\r" not in git(project, "cat-file", "-p", "HEAD:Dockerfile")
    assert "-FROM" not in git(project, "show", "HEAD", "--", "Dockerfile")
    assert b"\r\n" in (project / "Dockerfile").read_bytes()
    assert git(project, "status", "--porcelain") == ""


def test_line_ends_that_were_committed_stay(tmp_path: Path) -> None:
    image = "FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
    project = written(tmp_path / "service", LEGACY)
    (project / "Dockerfile").write_bytes(image.replace("\n", "\r\n").encode())
    committed(project, {})
    assert batch(tmp_path, "service", "--no-lock", "--campaign", "c", "--commit").returncode == 0
    assert "-FROM" not in git(project, "show", "HEAD", "--", "Dockerfile")
    assert git(project, "ls-files", "--eol", "Dockerfile").startswith("i/crlf  w/crlf")
