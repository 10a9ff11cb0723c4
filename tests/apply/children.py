"""Child processes that meet trouble while they apply changes."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from errno import ENOSPC
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from project import fill

from migrate.errors import MigrateError

OPERATIONS = {"open", "os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "test.fsync"}
DONE, REFUSED, OTHER, NO_TROUBLE = range(4)
Action = Callable[[], object]


def child(root: Path, number: int, trouble: Action, action: Action, *, lasting: bool = False) -> int:
    """Start `action` in a child process that has `trouble` at its n-th operation on files, or from that one on.

    Return the process id. The child exits with DONE, or NO_TROUBLE if it came to its end without; with REFUSED after a
    MigrateError, with OTHER after any other exception.
    """
    pid = os.fork()
    if pid:
        return pid
    count, code = 0, OTHER

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if event in OPERATIONS and (isinstance(arguments[0], int) or str(root) in str(arguments[0])):
            count += 1
            if count == number or (lasting and count > number):
                trouble()

    try:
        patch.object(os, "fsync", lambda descriptor: sys.audit("test.fsync", descriptor)).start()
        sys.addaudithook(watch)
        action()
        code = DONE if count >= number else NO_TROUBLE
    except MigrateError:
        code = REFUSED
    finally:
        number = sys.maxsize
        os._exit(code)


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise OSError(ENOSPC, os.strerror(ENOSPC))


def projects(folder: Path) -> Iterator[tuple[int, Path]]:
    """Yield a fresh project for each operation, at most for a number that no apply reaches."""
    for number in range(1, 200):
        root = folder / str(number) / "project"
        fill(root)
        yield number, root
    pytest.fail("the child never came through")
