"""Writes the changes of a plan: all of them or none, even if the process is killed in between."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from migrate.apply import files, journal
from migrate.errors import MigrateError
from migrate.git import uncommitted
from migrate.plan import Change

__all__ = ["apply", "interrupted", "recover"]


def apply(root: Path, changes: Sequence[Change], *, force: bool = False) -> None:
    """Write all changes below the folder `root`, or none of them.

    Texts become UTF-8 with their own line endings. A file keeps its mode and owner; a new one has those that the system
    gives to new files. Folders are neither made nor removed. If an earlier apply was interrupted, it is finished first.

    Raises MigrateError, and changes nothing, if a file is not as `Change.before` says, is no regular file, or lies
    outside of `root` or in a folder that is missing, a link, generated or not writable; if a file has uncommitted
    changes in git, unless `force`; if another apply runs in the same folder; or if the system refuses a write. Should
    the system refuse the way back too, the error says so, and `recover` has to be called.
    Raises ValueError if two changes have the same path.
    """
    if len({change.path for change in changes}) < len(changes):
        raise ValueError("two changes have the same path")
    with _alone_in(root) as folder:
        _recover(folder)
        contents = [_content(folder, change) for change in changes]
        dirty = () if force or not changes else uncommitted(folder, [change.path for change in changes])
        if dirty:
            raise MigrateError(f"git has uncommitted changes in {', '.join(dirty)}; commit them or use --force")
        _write(folder, contents)


def recover(root: Path) -> bool:
    """Finish an apply in the folder `root` that was interrupted, and return whether there was one.

    Raises MigrateError if it cannot be finished, for example because one of its files has been changed since.
    """
    with _alone_in(root) as folder:
        return _recover(folder)


def interrupted(root: Path) -> bool:
    """Return whether an apply in the folder `root` was interrupted, so that its files are partly old and partly new."""
    return journal.exists(root)


def _recover(root: Path) -> bool:
    if not journal.check(root):
        return False
    with _uninterrupted():
        pending = journal.exists(root)
        if pending:
            _finish(root)
        journal.discard(root)
    return pending


def _finish(root: Path) -> None:
    try:
        journal.carry_out(root)
    except MigrateError as error:
        raise MigrateError(
            f"an interrupted apply cannot be finished: {error}; "
            f"remove {root / journal.FOLDER} to leave all files as they are now"
        ) from error


def _content(root: Path, change: Change) -> journal.Content:
    """Return a change as bytes if it can be made."""
    place = files.locate(root, change.path)
    before, after = _encoded(change, change.before), _encoded(change, change.after)
    if files.read(place) != before:
        raise MigrateError(f"{change.path} has changed since it was read; run uvmigrate again")
    if not os.access(place.parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise MigrateError(f"{change.path} cannot be changed: its folder is not writable")
    return journal.Content(change.path, before, after)


def _encoded(change: Change, text: str | None) -> bytes | None:
    try:
        return None if text is None else text.encode()
    except UnicodeEncodeError as error:
        raise MigrateError(f"{change.path} cannot be written as UTF-8: {error.reason}") from error


def _write(root: Path, contents: Sequence[journal.Content]) -> None:
    with _uninterrupted():
        try:
            journal.stage(root, contents)
            journal.commit(root, journal.FORWARD)
            journal.carry_out(root)
        except MigrateError:  # before its first step
            journal.discard(root)
            raise
        except BaseException:
            if journal.exists(root):
                journal.commit(root, journal.BACK)
                _finish(root)
            journal.discard(root)
            raise
        journal.discard(root)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back the signals that a person or the system sends to end a program."""
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


@contextmanager
def _alone_in(root: Path) -> Iterator[Path]:
    """Give the resolved folder while no other apply runs in it; what the system refuses becomes a sentence."""
    try:
        with files.locked(root):
            yield root.resolve()
    except OSError as error:
        outcome = "run uvmigrate apply again to finish it" if interrupted(root) else "nothing was changed"
        place = error.filename2 or error.filename or root
        raise MigrateError(f"{place} cannot be changed: {error.strerror}; {outcome}") from error
