"""The journal: what makes many changed files one change.

1. *Stage:* the new and the old content of every file are written into `.uvmigrate/`, and two lists of steps: one leads
   forward, one back.
2. *Commit:* one of the lists is renamed to `journal.json`. Before that moment nothing has happened; from then on every
   step of the list will be done, now or by the next run.
3. *Carry out:* staged contents are renamed to their places. A step that is already done is left alone, so this may be
   started again wherever it was stopped.
4. *Discard:* the journal goes first, then the rest of the folder.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from migrate.apply import files
from migrate.errors import MigrateError

FOLDER = ".uvmigrate"
FORWARD = "forward.json"
BACK = "back.json"
_JOURNAL = "journal.json"
_SCHEMA = 1
_DIGEST = re.compile("[0-9a-f]{64}")
_OWN_NAME = re.compile(r"\d+\.[0-9a-f]{64}|(forward|back|journal)\.json")


@dataclass(frozen=True, slots=True)
class Step:
    """One file: from the content with the SHA-256 `before` to the one with `after`; None: it does not exist."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """One file as bytes before and after; None: it does not exist."""

    path: str
    before: bytes | None
    after: bytes | None


def exists(root: Path) -> bool:
    """Return whether steps were committed and not all of them are known to be done."""
    return os.path.lexists(root / FOLDER / _JOURNAL)


def stage(root: Path, contents: Iterable[Content]) -> None:
    """Write all that is needed to go forward and back into a new folder `.uvmigrate`. Raises OSError."""
    folder = root / FOLDER
    folder.mkdir(mode=0o700)
    forward: list[Step] = []
    for number, content in enumerate(contents):
        like = None if content.before is None else (root / content.path).lstat()
        for data in (content.before, content.after):
            if data is not None:
                files.write(folder / _staged_name(number, _digest(data)), data, like)
        forward.append(Step(content.path, _digest(content.before), _digest(content.after)))
    _write_steps(folder / FORWARD, forward)
    _write_steps(folder / BACK, [Step(step.path, step.after, step.before) for step in forward])
    files.sync(folder)
    files.sync(root)


def commit(root: Path, direction: str) -> None:
    """Make the steps of `direction`, FORWARD or BACK, those that will be done in any case. Raises OSError."""
    (root / FOLDER / direction).replace(root / FOLDER / _JOURNAL)
    files.sync(root / FOLDER)


def carry_out(root: Path) -> None:
    """Do all committed steps, or none if a file has changed in the meantime.

    Raises MigrateError if so, or if the journal is not one that uvmigrate writes; OSError leaves steps to be done.
    """
    steps = _read_steps(root / FOLDER / _JOURNAL)
    for staged, target in _to_do(root, steps):
        if staged is None:
            target.unlink()
        else:
            staged.replace(target)
    for folder in {(root / step.path).parent for step in steps}:
        files.sync(folder)


def discard(root: Path) -> None:
    """Remove the folder `.uvmigrate`. Raises OSError if the journal stays; what else stays does no harm."""
    folder = root / FOLDER
    (folder / _JOURNAL).unlink(missing_ok=True)
    with suppress(OSError):
        files.sync(folder)
    with suppress(OSError):
        for entry in folder.iterdir():
            entry.unlink()
        folder.rmdir()


def check(root: Path) -> bool:
    """Return whether the folder `.uvmigrate` exists. Raises MigrateError if it holds what uvmigrate did not write."""
    folder = root / FOLDER
    if not os.path.lexists(folder):
        return False
    if not folder.is_symlink() and folder.is_dir():
        with os.scandir(folder) as entries:
            if all(_OWN_NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False) for entry in entries):
                return True
    raise MigrateError(f"{folder} was not written by uvmigrate, which needs that name; move it away")


def _to_do(root: Path, steps: Sequence[Step]) -> list[tuple[Path | None, Path]]:
    """Return from where (None: nothing) to where something has to be renamed, if every file is as a step knows it."""
    to_do: list[tuple[Path | None, Path]] = []
    for number, step in enumerate(steps):
        target = files.locate(root, step.path)
        now = _digest(files.read(target))
        if now == step.after:
            continue
        staged = None if step.after is None else root / FOLDER / _staged_name(number, step.after)
        if now != step.before:
            raise MigrateError(f"{step.path} has changed in the meantime")
        if staged and _digest(files.read(staged)) != step.after:
            raise MigrateError(f"the new content of {step.path} is lost")
        to_do.append((staged, target))
    return to_do


def _write_steps(path: Path, steps: Sequence[Step]) -> None:
    text = json.dumps({"schema": _SCHEMA, "steps": [asdict(step) for step in steps]}, indent=2)
    files.write(path, text.encode())


def _read_steps(path: Path) -> tuple[Step, ...]:
    try:
        return _steps(json.loads(files.read(path) or b""))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise MigrateError(f"{path} was not written by uvmigrate") from None


def _steps(journal: Any) -> tuple[Step, ...]:
    """Return the steps of a parsed journal. Raises ValueError, TypeError or KeyError if it is none."""
    entries: list[Any] = list(journal["steps"])
    paths = {entry["path"] for entry in entries if isinstance(entry["path"], str)}
    steps = tuple(Step(entry["path"], entry["before"], entry["after"]) for entry in entries)
    digests = [digest for step in steps for digest in (step.before, step.after) if digest is not None]
    if journal["schema"] != _SCHEMA or len(paths) < len(steps) or not all(map(_DIGEST.fullmatch, digests)):
        raise ValueError(journal)
    return steps


def _staged_name(number: int, digest: str | None) -> str:
    return f"{number}.{digest}"


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()
