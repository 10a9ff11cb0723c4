"""Runs one program for `process`, which starts this file as a script of its own.

Standard input is a socket. The program may run for as long as the other side keeps it open; when it closes (a timeout,
Ctrl-C, or the sudden death of uvmigrate), the program and everything in its process group are ended, after a patience
in which it may end by itself. What the program writes is passed on at once, as valid UTF-8. If the program cannot be
started, the reason is sent through the socket.

A lock is held until the program has ended, so that whoever waits for it waits for a dead uvmigrate's programs too.

It starts once for each program, so it imports only what Python has at hand: `signal`, `contextlib` and `collections`
would double the time of its start.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import select
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections.abc import Iterable
else:
    import _signal as signal  # all but the enumerations

_LINE = 0  # the socket
_GRACE = 2.0  # seconds from SIGTERM to SIGKILL
_MOST = 2**20  # bytes; a pipe does not hold more


class _Stream:
    """One output of the program: where to read it, and where to write it as valid UTF-8."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.source, self.end = os.pipe()
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def fileno(self) -> int:
        return self.source

    def pass_on(self) -> bool:
        """Pass on what there is; return whether more may come."""
        data = os.read(self.source, _MOST)
        try:
            _write(self.target, self.decoder.decode(data, final=not data).encode())
        except BrokenPipeError:
            pass
        return bool(data)


def _write(target: int, data: bytes) -> None:
    while data:  # the signal of a child that ends can cut a write short
        data = data[os.write(target, data) :]


def main(arguments: list[str]) -> int:
    """Run a program; return its exit code, or 128 + n if signal n ended it.

    The arguments are the seconds of patience, the file to hold a shared lock on ("" for none), the absolute path of the
    program, and its own arguments.
    """
    patience, lock, *arguments = arguments
    os.setsid()
    if lock:
        fcntl.flock(os.open(lock, os.O_RDWR), fcntl.LOCK_SH)
    if select.select((_LINE,), (), (), 0)[0]:  # closed already: whoever waited for the lock may have got it before us
        return 128 + signal.SIGTERM
    ended = _wake_on_exit()
    streams = (_Stream(1), _Stream(2))
    try:
        program = _start(arguments, streams)
    except OSError as error:
        os.write(_LINE, os.strerror(error.errno or 0).encode())
        return 127
    code = _watch(program, streams, ended, float(patience))
    _signal(program, signal.SIGKILL)
    for stream in select.select(streams, (), (), 0)[0]:
        stream.pass_on()
    return code if code >= 0 else 128 - code


def _wake_on_exit() -> int:
    """Return a descriptor that can be read as soon as a child process has ended."""
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return ended


def _start(arguments: list[str], streams: Iterable[_Stream]) -> int:
    """Start the program in a process group of its own and without standard input; return its id."""
    outputs = [(os.POSIX_SPAWN_DUP2, stream.end, stream.target) for stream in streams]
    program = os.posix_spawn(
        arguments[0],
        arguments,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), *outputs],
        setpgroup=0,
        setsigmask=(),
        setsigdef=(signal.SIGPIPE, signal.SIGXFSZ),  # Python ignores these two
    )
    for stream in streams:
        os.close(stream.end)
    return program


def _watch(program: int, streams: Iterable[_Stream], ended: int, patience: float) -> int:
    """Pass output on until the program has ended; end it when the line is closed. Return its exit code or -signal."""
    watched: set[_Stream | int] = {*streams, ended, _LINE}
    ends = [(signal.SIGTERM, patience), (signal.SIGKILL, _GRACE)]  # each so long after what is before it
    deadline: float | None = None
    while True:
        ready = select.select(watched, (), (), None if deadline is None else max(0.0, deadline - time.monotonic()))[0]
        if _LINE in ready:
            watched.remove(_LINE)
            deadline = time.monotonic() + ends[0][1]
        elif deadline is not None and time.monotonic() >= deadline:
            _signal(program, ends.pop(0)[0])
            deadline = time.monotonic() + ends[0][1] if ends else None
        watched.difference_update({item for item in ready if isinstance(item, _Stream) and not item.pass_on()})
        if ended in ready and os.read(ended, _MOST):
            done, status = os.waitpid(program, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)


def _signal(program: int, number: int) -> None:
    try:
        os.killpg(program, number)
    except (ProcessLookupError, PermissionError):  # nobody is left; macOS says so by the second
        pass


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))  # nothing is left to be cleaned up, and Python would take its time for that
