"""Workers on this machine: processes that each take one task after the other. One that dies fails one repository only.

Worker processes are Python's own (`multiprocessing`, started afresh, so they share nothing); programs are still started
by `process` alone.
"""

import fcntl
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from migrate.batch.model import Result, State, Task
from migrate.process import holding

LOCK = "workers.lock"
_PATIENCE = 0.5  # seconds between two looks at whether to stop
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    task: Task | None = None


def results(tasks: Iterator[Task], jobs: int, home: Path, stops: Callable[[], bool]) -> Iterator[tuple[Task, Result]]:
    """Yield each task with its result as they come, worked on by at most `jobs` processes at once.

    A task is taken from `tasks` when a worker is free. As soon as `stops()` is true no more are taken; those under way
    come to their end. Leaving the iterator earlier kills the workers.
    """
    wait_until_alone(home)
    workers: list[_Worker] = []
    try:
        _give(tasks, workers, jobs, home, stops)
        while busy := {worker.connection: worker for worker in workers if worker.task}:
            ready = wait(list(busy), timeout=_PATIENCE)
            done = [_result(busy[connection], workers) for connection in ready]  # type: ignore[index]
            _give(tasks, workers, jobs, home, stops)  # before the results are recorded, so that nobody waits for that
            yield from done
    finally:
        for worker in workers:
            worker.connection.close()
            if worker.task:
                worker.process.kill()
            worker.process.join()


def wait_until_alone(home: Path) -> None:
    """Wait until nothing of a campaign that was killed is left in its folder, neither a worker nor a program of one."""
    with (home / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


@contextmanager
def at_work(home: Path) -> Iterator[None]:
    """Let the next campaign in a folder wait for this process and its programs; end it if its own campaign is dead.

    The order counts: once the lock is held and the campaign still lives, no other one can have begun.
    """
    with holding(home / LOCK):
        parent = multiprocessing.parent_process()
        if parent is not None and not parent.is_alive():
            os._exit(1)
        yield


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Let processes and threads that start meanwhile hear no signal to end until they call `ignore_signals`.

    Ctrl-C reaches every process of a terminal, also one that has only begun to import.
    """
    resource_tracker.ensure_running()  # which starts with the first process otherwise, and lets signals through again
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def ignore_signals() -> None:
    """Leave it to the campaign when this process ends."""
    for number in _SIGNALS:
        signal.signal(number, lambda *_: None)  # a handler, so that programs do not inherit it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _give(tasks: Iterator[Task], workers: list[_Worker], jobs: int, home: Path, stops: Callable[[], bool]) -> None:
    """Give every free worker a task, and start workers while there are tasks for them."""
    while not stops():
        free = next((worker for worker in workers if worker.task is None), None)
        if free is None and len(workers) >= jobs:
            return
        task = next(tasks, None)
        if task is None:
            return
        if free is None:
            free = _started(home)
            workers.append(free)
        free.task = task
        with suppress(OSError):  # it died while idle; its end of the line says so to the reader
            free.connection.send(task)


def _result(worker: _Worker, workers: list[_Worker]) -> tuple[Task, Result]:
    """Take a worker's task from it, with the result; a worker that died instead leaves the others."""
    task, worker.task = worker.task, None
    assert task is not None  # noqa: S101 - busy ones have a task
    try:
        result: Result = worker.connection.recv()
    except (EOFError, OSError):
        workers.remove(worker)
        result = Result(State.FAILED, _death(worker), started=0.0)
    return task, result


def _started(home: Path) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, str(home)), daemon=True)
    with signals_held_back():
        process.start()
    theirs.close()
    return _Worker(process, ours)


def _death(worker: _Worker) -> str:
    worker.process.join()
    code = worker.process.exitcode or 0
    return f"its worker was ended by signal {-code}" if code < 0 else f"its worker ended with code {code}"


def _serve(connection: Connection, home: str) -> None:
    """Work on tasks from a connection until it is closed. The campaign's end is this process' end, whatever it does."""
    from migrate.batch.work import work  # late: the campaign itself need not load all that migrates

    ignore_signals()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with at_work(Path(home)), suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            connection.send(work(connection.recv()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
