"""`apply` among other processes and other users."""

import os
import re
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from children import DONE, child, die, ended
from project import CHANGES, after, fill, inverse, made, state, write

from migrate.apply import apply, recover
from migrate.errors import MigrateError
from migrate.plan import Change

SOMEBODY = 12345


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path)


def test_two_at_once_are_one_and_a_refusal(root: Path) -> None:
    before = state(root)

    def pause() -> None:
        os.kill(os.getpid(), signal.SIGSTOP)

    for number in (2, 10, 30):
        pid = child(root, number, pause, write(root))
        os.waitpid(pid, os.WUNTRACED)
        for call in (write(root), lambda: recover(root)):
            with pytest.raises(
                MigrateError, match=r"^another uvmigrate is writing to .*; try again when it has finished$"
            ):
                call()
        os.kill(pid, signal.SIGCONT)
        assert ended(pid) == DONE
        assert state(root) == after(before)
        apply(root, inverse(), force=True)
        (root / "requirements.txt").chmod(0o600)


def test_a_killed_apply_leaves_no_lock(root: Path) -> None:
    before = state(root)
    assert ended(child(root, 10, die, write(root))) == -signal.SIGKILL
    apply(root, CHANGES, force=True)
    assert state(root) == after(before)


@pytest.fixture
def shared() -> Iterator[Path]:
    """Make a project that everybody can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        fill(Path(name) / "project")
        (Path(name) / "project/requirements.txt").chmod(0o644)
        yield Path(name) / "project"


@contextmanager
def as_somebody() -> Iterator[None]:
    """Give up root's rights for a while."""
    if os.geteuid() != 0:
        yield
        return
    groups, group = os.getgroups(), os.getegid()
    os.setgroups([])
    os.setegid(SOMEBODY)
    os.seteuid(SOMEBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


def assert_refused(root: Path, changes: Sequence[Change], text: str) -> None:
    before = state(root)
    with as_somebody(), pytest.raises(MigrateError, match=f"^{re.escape(text)}$"):
        apply(root, changes, force=True)
    assert state(root) == before


def test_a_folder_that_is_not_writable_is_refused_before_anything_is_written(shared: Path) -> None:
    (shared / "sub").chmod(0o555)
    shared.chmod(0o777)
    assert_refused(shared, CHANGES, "sub/.dockerignore cannot be changed: its folder is not writable")


def test_a_project_that_is_not_writable_is_refused(shared: Path) -> None:
    (shared / "sub").chmod(0o777)
    shared.chmod(0o555)
    text = f"{shared}/.uvmigrate cannot be changed: Permission denied; nothing was changed"
    assert_refused(shared, [Change("sub/new", None, "new")], text)


def test_a_file_that_cannot_be_read_is_refused(shared: Path) -> None:
    shared.chmod(0o777)
    (shared / "Dockerfile").chmod(0o000)
    text = f"{shared}/Dockerfile cannot be changed: Permission denied; nothing was changed"
    assert_refused(shared, CHANGES, text)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs files of two owners")
def test_a_rename_that_the_system_refuses_is_taken_back_with_all_before_it(shared: Path) -> None:
    for folder in (shared, shared / "sub"):
        os.chown(folder, SOMEBODY + 1, SOMEBODY + 1)
        folder.chmod(0o1777)  # only its owner may replace a file
    for name in ("Dockerfile", "requirements.txt"):
        os.chown(shared / name, SOMEBODY, SOMEBODY)
    text = f"{shared}/sub/.dockerignore cannot be changed: Operation not permitted; nothing was changed"
    assert_refused(shared, CHANGES, text)
