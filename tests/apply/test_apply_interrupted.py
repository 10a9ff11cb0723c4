"""`apply` leaves all or nothing, or what `recover` makes so, wherever it is stopped."""

import os
import signal
import stat
from collections.abc import Callable
from errno import EACCES, EINVAL, EIO
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from children import DONE, NO_TROUBLE, OTHER, REFUSED, child, die, ended, fail, projects
from project import CHANGES, after, digest, made, state, write

from migrate.apply import apply, interrupted, recover
from migrate.errors import MigrateError
from migrate.plan import Change


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path)


def test_a_kill_at_any_operation_leaves_what_recover_makes_whole(tmp_path: Path) -> None:
    outcomes: list[bool] = []
    halves = 0
    for number, root in projects(tmp_path):
        before = state(root)
        if ended(child(root, number, die, write(root))) == NO_TROUBLE:
            assert state(root) == after(before)
            break
        visible = {path: entry for path, entry in state(root).items() if not path.startswith(".uvmigrate")}
        halves += visible not in (before, after(before))
        pending = interrupted(root)
        assert recover(root) is pending
        outcomes.append(state(root) == after(before))
        assert outcomes[-1] or (state(root) == before and not pending)
        assert not recover(root)
        if not outcomes[-1]:
            apply(root, CHANGES, force=True)
            assert state(root) == after(before)
    assert halves > 2
    assert outcomes == sorted(outcomes), "there is one moment of commit"
    assert set(outcomes) == {False, True}


def half_done(root: Path) -> None:
    """Leave an apply of `CHANGES` that was killed after its first file."""
    staged = root / ".uvmigrate" / f"0.{digest(CHANGES[0].after or '')}"

    def stop() -> None:
        if not staged.exists() and (root / ".uvmigrate/journal.json").exists():
            die()

    assert ended(child(root, 1, stop, write(root), lasting=True)) == -signal.SIGKILL
    assert (root / "Dockerfile").read_bytes() == b"FROM b\r\n"
    assert not (root / "pyproject.toml").exists()


def test_a_kill_at_any_operation_of_recover_is_recovered_too(tmp_path: Path) -> None:
    for number, root in projects(tmp_path):
        expected = after(state(root))
        half_done(root)
        code = ended(child(root, number, die, partial(recover, root)))
        recover(root)
        assert state(root) == expected
        if code == NO_TROUBLE:
            assert number > 5
            break


def test_an_interrupted_apply_is_seen_without_writing_and_finished_by_the_next(root: Path) -> None:
    expected = after(state(root))
    assert not interrupted(root)
    half_done(root)
    half = state(root)
    assert interrupted(root)
    assert state(root) == half
    apply(root, [Change("other.txt", "other", "changed")], force=True)
    assert not interrupted(root)
    assert state(root) == expected | {"other.txt": (expected["other.txt"][0], b"changed")}


def test_an_error_at_any_operation_changes_nothing(tmp_path: Path) -> None:
    codes: list[int] = []
    for number, root in projects(tmp_path):
        before = state(root)
        codes.append(ended(child(root, number, fail, write(root))))
        pending = interrupted(root)
        assert recover(root) is pending
        assert state(root) == (before if codes[-1] == REFUSED and not pending else after(before))
        if codes[-1] == NO_TROUBLE:
            break
    assert codes.count(REFUSED) > 20
    assert OTHER not in codes


def test_an_error_that_lasts_leaves_what_recover_makes_whole(tmp_path: Path) -> None:
    codes: list[int] = []
    for number, root in projects(tmp_path):
        before = state(root)
        codes.append(ended(child(root, number, fail, write(root), lasting=True)))
        pending = interrupted(root)
        assert recover(root) is pending
        assert state(root) in (before, after(before))
        if codes[-1] == NO_TROUBLE:
            break
    assert codes.count(REFUSED) > 20
    assert OTHER not in codes


def test_what_somebody_else_writes_meanwhile_is_kept_or_comes_too_late(tmp_path: Path) -> None:
    codes: list[int] = []
    for number, root in projects(tmp_path):
        before = state(root)
        codes.append(ended(child(root, number, partial((root / "Dockerfile").write_text, "mine"), write(root))))
        changes = {path: entry for path, entry in state(root).items() if path != "Dockerfile"}
        expected = before if codes[-1] == REFUSED else after(before)
        assert changes == {path: entry for path, entry in expected.items() if path != "Dockerfile"}
        assert (root / "Dockerfile").read_text() == "mine" or codes[-1] != REFUSED
        if codes[-1] == NO_TROUBLE:
            break
    assert codes == [REFUSED] * codes.count(REFUSED) + [DONE] * codes.count(DONE) + [NO_TROUBLE]
    assert codes.count(REFUSED) > 20


class Obstacle:
    """An `os.replace` that fails for the last file of `CHANGES`, so that all before it have to be taken back."""

    def __init__(self) -> None:
        self.replace = os.replace
        self.refused = 0

    def __call__(self, source: Any, target: Any) -> None:
        if Path(target).name == ".dockerignore" and not self.refused:
            self.refused += 1
            raise OSError(EACCES, os.strerror(EACCES), str(source), None, str(target))
        self.replace(source, target)


def test_files_that_were_written_before_an_error_are_taken_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(root)
    obstacle = Obstacle()
    monkeypatch.setattr(os, "replace", obstacle)
    message = r"/sub/\.dockerignore cannot be changed: Permission denied; nothing was changed$"
    with pytest.raises(MigrateError, match=message):
        apply(root, CHANGES)
    assert obstacle.refused
    assert state(root) == before


def test_a_kill_on_the_way_back_leaves_what_recover_makes_whole(tmp_path: Path) -> None:
    def write_and_meet_an_obstacle(root: Path) -> None:
        patch.object(os, "replace", Obstacle()).start()
        apply(root, CHANGES, force=True)

    outcomes = set()
    for number, root in projects(tmp_path):
        before = state(root)
        code = ended(child(root, number, die, partial(write_and_meet_an_obstacle, root)))
        recover(root)
        assert state(root) in (before, after(before))
        if code == REFUSED:
            assert state(root) == before
            break
        outcomes.add(state(root) == before)
    assert outcomes == {False, True}


def test_an_error_on_the_way_back_too_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(root)

    def refuse(source: Path, target: Path) -> None:
        if ".uvmigrate" not in str(target) and (root / "pyproject.toml").exists():
            raise OSError(EACCES, os.strerror(EACCES), str(source), None, str(target))
        source.rename(target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(MigrateError, match=r"; run uvmigrate apply again to finish it$"):
        apply(root, CHANGES)
    monkeypatch.undo()
    assert interrupted(root)
    assert recover(root)
    assert state(root) == before


def only_for_folders(code: int) -> Callable[[int], None]:
    """Return an `os.fsync` that fails for folders."""

    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(code, os.strerror(code))

    return sync


def test_a_file_system_without_sync_of_folders_is_fine(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = after(state(root))
    monkeypatch.setattr(os, "fsync", only_for_folders(EINVAL))
    apply(root, CHANGES)
    assert state(root) == expected


def test_a_folder_that_does_not_reach_the_disk_is_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(root)
    monkeypatch.setattr(os, "fsync", only_for_folders(EIO))
    with pytest.raises(MigrateError, match=r"cannot be changed: Input/output error; nothing was changed$"):
        apply(root, CHANGES)
    assert state(root) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_any_operation_leaves_all_or_nothing(tmp_path: Path, number: signal.Signals) -> None:
    for operation, root in projects(tmp_path):
        before = state(root)
        code = ended(child(root, operation, partial(signal.raise_signal, number), write(root)))
        assert state(root) in (before, after(before))
        if code == NO_TROUBLE:
            break
        assert code in {OTHER, -number}  # KeyboardInterrupt, or the end that the system has for the signal
