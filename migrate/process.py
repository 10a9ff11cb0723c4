"""The only starter of processes: subprocess-tee, with what it lacks."""

import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from migrate.errors import MigrateError

_SUPERVISOR = str(Path(__file__).with_name("supervisor.py"))
_lock: ContextVar[str] = ContextVar("lock", default="")  # the file that programs hold a lock on
_LONGEST_LINE = 2**30  # bytes; subprocess-tee loses the rest of an output after a longer line


class ProgramMissing(MigrateError):
    """The program is not installed."""


class TimedOut(MigrateError):
    """The program ran longer than it was allowed to; it and its process group are ended."""


@dataclass(frozen=True, slots=True)
class Finished:
    r"""What a program left: its exit code (128 + n if signal n ended it) and its output.

    The outputs are lines without trailing blanks, each ended by "\n"; bytes that are not UTF-8 are U+FFFD.
    """

    returncode: int
    stdout: str
    stderr: str


@contextmanager
def holding(lock: Path) -> Iterator[None]:
    """Hold a shared lock on a file, which is made; so does every program that is started meanwhile, until it has ended.

    Who waits for an exclusive lock then waits for the programs of a process that was killed, too. Raises OSError.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    before = _lock.set(str(lock.absolute()))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        _lock.reset(before)
        os.close(descriptor)


def run(  # noqa: PLR0913 - what a program needs to know
    arguments: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    show: TextIO | None = None,
    timeout: float | None = None,
    patience: float = 0.0,
) -> Finished:
    """Run a program in the folder `cwd` to its end, without a shell, a terminal or standard input.

    `arguments[0]` is a path or a name on PATH. `environment` is the whole environment of the program, None the one of
    this process. Lines of both outputs are printed to `show` as they come. After `timeout` seconds, on Ctrl-C, and when
    uvmigrate itself is killed, the program has `patience` seconds to come to its own end; then it and its process group
    are ended.

    Raises ProgramMissing, TimedOut, or MigrateError if the system cannot start the program.
    """
    # late, because they take longer to import than all of uvmigrate
    from concurrent.futures import ThreadPoolExecutor

    import subprocess_tee

    subprocess_tee.STREAM_LIMIT = _LONGEST_LINE
    name = Path(arguments[0]).name
    supervisor = [sys.executable, "-I", "-S", _SUPERVISOR, str(patience), _lock.get()]
    command = [*supervisor, _find(arguments[0], environment), *arguments[1:]]
    screen = None if show is None else _Screen(show)
    ours, theirs = socket.socketpair()
    # In a thread of its own, subprocess-tee is neither cancelled by Ctrl-C nor in the way of a running event loop.
    with ours, theirs, ThreadPoolExecutor(max_workers=1) as thread:
        try:
            running = thread.submit(
                subprocess_tee.run,
                command,
                cwd=str(cwd),
                env=environment,
                stdin=theirs,
                stdout=screen,
                stderr=screen,
                quiet=screen is None,
            )
            done = running.result(timeout)
        except TimeoutError:
            raise TimedOut(f"{name} did not finish within {timeout:g} seconds") from None
        except OSError as error:
            raise MigrateError(f"{name} cannot be started in {cwd}: {error.strerror}") from error
        finally:
            ours.shutdown(socket.SHUT_WR)
        theirs.close()
        if failure := ours.recv(1024).decode():
            raise MigrateError(f"{name} cannot be started: {failure}")
    return Finished(done.returncode, done.stdout, done.stderr)


def _find(program: str, environment: Mapping[str, str] | None) -> str:
    """Return the absolute path of a program; a relative entry of PATH may lead into the repository and is ignored."""
    path = (os.environ if environment is None else environment).get("PATH", os.defpath)
    folders = os.pathsep.join(folder for folder in path.split(os.pathsep) if Path(folder).is_absolute())
    found = shutil.which(program, path=folders)
    if found is None:
        raise ProgramMissing(f"{program} is not installed or not on PATH")
    return str(Path(found).absolute())


@dataclass(frozen=True, slots=True)
class _Screen:
    """A stream for `print` that may be closed at any moment: an error there would stop the reading of the program."""

    stream: TextIO

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self.stream.write(text)
            self.stream.flush()
