"""The two build contexts: which files each side has, and that the project stays as it was."""

import hashlib
import os
import stat
import subprocess
from pathlib import Path

import pytest

from migrate.errors import MigrateError
from migrate.images.contexts import Incomparable, contexts, copied, replaced, write
from migrate.options import Options
from migrate.plan import Plan

OLD_DOCKERFILE = "FROM python:3.11-slim\nRUN pip install -r requirements.txt\n"
NEW_DOCKERFILE = "FROM python:3.11-slim\nRUN uv sync\n"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project that is migrated in its work tree, and is not in its last commit."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in {
        "requirements.txt": "six\n",
        "Dockerfile": OLD_DOCKERFILE,
        "app.py": "1\n",
        "gone.py": "2\n",
    }.items():
        (folder / name).write_text(text)
    (folder / "link").symlink_to("app.py")
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "old")
    for name in ("requirements.txt", "gone.py"):
        (folder / name).unlink()
    for name, text in {"uv.lock": "l\n", "pyproject.toml": "p\n", ".env": "e\n", "Dockerfile": NEW_DOCKERFILE}.items():
        (folder / name).write_text(text)
    return folder


def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_migrated_project_is_compared_with_its_last_commit(project: Path, tmp_path: Path) -> None:
    before = names(project)
    both = contexts(project, scratch(tmp_path), Options(), None)
    assert names(both.old) == {"requirements.txt", "Dockerfile", "app.py", "gone.py", "link", ".env"}
    assert names(both.new) == {"uv.lock", "pyproject.toml", "Dockerfile", "app.py", "link", ".env"}
    assert both.dockerfile == "Dockerfile"
    assert both.text(both.old) == OLD_DOCKERFILE
    assert both.migrated == {"requirements.txt", "Dockerfile", "gone.py", "uv.lock", "pyproject.toml"}
    old, new = (hashlib.sha256(text.encode()).hexdigest() for text in (OLD_DOCKERFILE, NEW_DOCKERFILE))
    assert (old, new) in both.contents
    assert sorted(before == "" for before, _ in both.contents) == [False, False, False, True, True]
    assert both.installed == {"requirements.txt"}
    assert names(project) == before


def test_installers_count_if_they_are_required(project: Path, tmp_path: Path) -> None:
    packages = project / ".venv/lib/python3.11/site-packages/pip"
    packages.mkdir(parents=True)
    (packages / "vendor.txt").write_text("setuptools==44.0.0\n")
    (project / "dev.txt").write_text("wheel\npipdeptree\n")
    (project / "pyproject.toml").write_text('[project]\ndependencies = [\n    "pip==25",\n    "setuptools<82",\n]\n')
    assert contexts(project, scratch(tmp_path), Options(), None).required_installers == {"pip", "wheel"}


def test_permissions_of_the_work_tree_are_on_both_sides(project: Path, tmp_path: Path) -> None:
    (project / "Dockerfile").chmod(0o600)
    (project / "app.py").chmod(0o640)
    both = contexts(project, scratch(tmp_path), Options(), None)
    for name, mode in (("Dockerfile", 0o600), ("app.py", 0o640)):
        assert {stat.S_IMODE((side / name).stat().st_mode) for side in (both.old, both.new)} == {mode}


def test_hooks_of_the_project_do_not_run(project: Path, tmp_path: Path) -> None:
    hook = project / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    git(project, "config", "filter.evil.smudge", f"touch {tmp_path}/ran")
    (project / ".git/info/attributes").write_text("* filter=evil\n")
    contexts(project, scratch(tmp_path), Options(), None)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("revision", ["nothing", "--help", "HEAD~9"])
def test_an_unknown_revision(project: Path, tmp_path: Path, revision: str) -> None:
    with pytest.raises(MigrateError, match="git knows no commit"):
        contexts(project, scratch(tmp_path), Options(), revision)


def test_no_difference_between_the_two(project: Path, tmp_path: Path) -> None:
    git(project, "add", ".")
    git(project, "commit", "-m", "migrated")
    with pytest.raises(MigrateError, match="name the old revision with --before"):
        contexts(project, scratch(tmp_path), Options(), None)
    (tmp_path / "other").mkdir()
    assert contexts(project, tmp_path / "other", Options(), "HEAD~1").dockerfile == "Dockerfile"


def test_several_dockerfiles_need_a_choice(project: Path, tmp_path: Path) -> None:
    (project / "Dockerfile").unlink()
    for name in ("a.Dockerfile", "b.Dockerfile"):
        (project / name).write_text(OLD_DOCKERFILE)
    git(project, "add", ".")
    git(project, "commit", "-m", "two")
    for name in ("a.Dockerfile", "b.Dockerfile"):
        (project / name).write_text(NEW_DOCKERFILE)
    with pytest.raises(Incomparable, match=r"several Dockerfiles differ \(a.Dockerfile, b.Dockerfile\)"):
        contexts(project, scratch(tmp_path), Options(), None)
    for number, chosen in enumerate(("b.Dockerfile", "c.Dockerfile")):
        folder = tmp_path / str(number)
        folder.mkdir()
        if chosen == "b.Dockerfile":
            assert contexts(project, folder, Options(dockerfiles=(chosen,)), None).dockerfile == chosen
        else:
            with pytest.raises(Incomparable, match=r"c\.Dockerfile is not in the old project"):
                contexts(project, folder, Options(dockerfiles=(chosen,)), None)


def test_nothing_to_migrate(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Incomparable, match="there is no new image to compare with"):
        contexts(tmp_path / "empty", scratch(tmp_path), Options(lock=False), None)


def test_a_plan_without_changes_or_findings(tmp_path: Path) -> None:
    with pytest.raises(Incomparable, match="nothing to migrate"):
        write(tmp_path, Plan((), ()))


def test_special_files_and_git_are_left_out(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / ".git").mkdir(parents=True)
    os.mkfifo(source / "pipe")
    (source / "loop").symlink_to(".")
    (source / "a").write_text("a")
    assert names(copied(source, tmp_path / "target")) == {"a", "loop"}


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(Incomparable, match="cannot be copied"):
        contexts(_unreadable(tmp_path), scratch(tmp_path), Options(), None)


def _unreadable(tmp_path: Path) -> Path:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "a").write_text("a")
    (folder / "a").chmod(0)
    return folder


def test_a_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("untouched")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(outside / "file")
    replaced(folder, "link", "new")
    assert (folder / "link").read_text() == "new"
    assert (outside / "file").read_text() == "untouched"
    (folder / "way").symlink_to(outside)
    with pytest.raises(Incomparable, match="leads out of the project"):
        replaced(folder, "way/file", "new")
