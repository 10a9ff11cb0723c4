"""Workers on any number of machines, by Dask distributed: the same tasks, the same `work`, the same results.

A task brings all that a worker needs: a git URL, the choices, and what the last attempt found. A worker of another
machine clones into its own scratch folder, commits, pushes and opens the request from there, and gives back the result:
findings, diff, what uv said, the commit. Neither side reads the other's disk. A worker that is lost gives its
repositories to the others; what it had done already is found done. Only the campaign's process touches the ledger.
"""

import logging
import queue
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from migrate import __version__
from migrate.batch.model import LOCAL, Result, State, Task
from migrate.batch.pool import at_work, ignore_signals, signals_held_back, wait_until_alone
from migrate.batch.tools import difference, tools
from migrate.batch.work import work
from migrate.errors import MigrateError
from migrate.report.escape import one_line

if TYPE_CHECKING:
    from distributed import Client, Future

_GOES_ON = "the same command goes on with the rest"
_PATIENCE = 0.5  # seconds between two looks at whether to stop
_CONNECTING = 10  # seconds for the scheduler to answer, and for the first worker to come
_LONELY = 60.0  # seconds without any worker until the campaign gives up
_TLS = ("tls", "wss")
_SILENT = logging.CRITICAL  # the campaign has its own sentences


def results(
    tasks: Iterator[Task], address: str, jobs: int, home: Path, stops: Callable[[], bool]
) -> Iterator[tuple[Task, Result]]:
    """Yield each task with its result as they come, worked on by the workers of a Dask scheduler.

    `address`: the scheduler's, or "local" for one with `jobs` processes on this machine. A task is taken from `tasks`
    when there is a free worker. As soon as `stops()` is true no more are taken; those under way come to their end.

    Raises MigrateError if Dask is not installed, the scheduler or its workers cannot be had, do not have the same
    uvmigrate, or go away.
    """
    wait_until_alone(home)
    with _connected(address, jobs) as client:
        ours = tools()
        _check_tools(client, address, ours)
        work_there = _work_here if address == LOCAL else _work_elsewhere
        done: queue.SimpleQueue[Future[Result]] = queue.SimpleQueue()
        under_way: dict[Future[Result], Task] = {}
        seen = time.monotonic()
        while True:
            workers = _threads(client, address)
            seen = time.monotonic() if workers else seen
            if time.monotonic() - seen > _LONELY:
                raise MigrateError(f"all workers of {address} have gone; {_GOES_ON}")
            while len(under_way) < workers and not stops() and (task := next(tasks, None)):
                future = client.submit(work_there, task, ours, pure=False)
                under_way[future] = task
                future.add_done_callback(done.put)
            if not under_way:
                if workers:
                    return
                time.sleep(_PATIENCE)
                continue
            try:
                future = done.get(timeout=_PATIENCE)
            except queue.Empty:
                continue
            yield under_way.pop(future), _result(client, address, future)


def _result(client: "Client", address: str, future: "Future[Result]") -> Result:
    """Return what a task came to; that its workers could not do it is a result too, unless there is no scheduler."""
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - whatever Dask, pickle or the connection raise
        _check_alive(client, address)
        return Result(State.FAILED, f"no worker came to its end: {one_line(str(error) or type(error).__name__)[:300]}")


def _threads(client: "Client", address: str) -> int:
    """Return how many tasks the workers can have at once."""
    _check_alive(client, address)
    try:
        return sum(client.nthreads().values())
    except Exception as error:
        raise _gone(address) from error


def _check_alive(client: "Client", address: str) -> None:
    if client.status != "running":
        raise _gone(address)


def _gone(address: str) -> MigrateError:
    return MigrateError(f"the scheduler {address} has gone; {_GOES_ON}")


def _check_tools(client: "Client", address: str, ours: Mapping[str, str]) -> None:
    """Refuse workers on which repositories would come to something else than on others."""
    try:
        client.wait_for_workers(1, timeout=_CONNECTING)
    except TimeoutError:
        raise MigrateError(f"no worker has come to {address} within {_CONNECTING} seconds") from None
    try:
        theirs = client.run(tools)
    except Exception as error:
        raise MigrateError(
            f"the workers of {address} cannot run uvmigrate {__version__}; install the same version there: "
            f"{one_line(str(error))}"
        ) from error
    for worker, found in theirs.items():
        if differs := difference(found, ours):
            raise MigrateError(f"{worker} {differs}; let all machines have the same, or results depend on who works")


@contextmanager
def _connected(address: str, jobs: int) -> Iterator["Client"]:
    """Give the client of a scheduler, or of one that is made for this campaign and ends with it."""
    try:
        from distributed import Client, LocalCluster, Security
        from distributed.comm.addressing import parse_address
        from distributed.comm.registry import get_backend
        from distributed.versions import VersionMismatchWarning
    except ImportError as error:
        raise MigrateError("--cluster needs Dask: install uvmigrate[cluster]") from error
    logging.disable(_SILENT)
    local = {"n_workers": jobs, "threads_per_worker": 1, "memory_limit": None, "preload": __name__}
    with ExitStack() as stack:
        try:
            if address == LOCAL:
                with signals_held_back():
                    cluster = LocalCluster(**local, dashboard_address=None, silence_logs=_SILENT)
                address = stack.enter_context(cluster).scheduler_address
            scheme = parse_address(address)[0]
            get_backend(scheme)
            if scheme in _TLS and not Security().get_connection_args("client").get("ssl_context"):
                raise MigrateError(f"{address} needs TLS: name certificates in Dask's settings, distributed.comm.tls")
            with warnings.catch_warnings(action="ignore", category=VersionMismatchWarning):  # tools are compared
                client = stack.enter_context(Client(address, timeout=_CONNECTING, set_as_default=False))
        except (OSError, ValueError) as error:
            raise MigrateError(f"the scheduler {address} cannot be reached: {one_line(str(error))}") from error
        yield client


def dask_setup(_worker: object) -> None:
    """Dask calls this in each new worker of a local cluster: the campaign decides when they end, not the terminal."""
    ignore_signals()


def _work_here(task: Task, _tools: Mapping[str, str]) -> Result:
    """Work with the campaign's folder, as the processes of `pool` do."""
    with at_work(task.home):
        return work(task)


def _work_elsewhere(task: Task, needed: Mapping[str, str]) -> Result:
    """Work with nothing but the task, in a folder of this machine that goes."""
    from distributed import Semaphore, get_worker

    if differs := difference(tools(), needed):
        return Result(State.FAILED, f"a worker {differs}")
    turns = Semaphore(max_leases=1, name="uvmigrate-requests") if task.choices.request else None
    with tempfile.TemporaryDirectory(prefix="uvmigrate-", dir=get_worker().local_directory) as home:
        return work(replace(task, home=Path(home), turns=turns))
