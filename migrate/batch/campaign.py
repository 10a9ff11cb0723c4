"""A campaign: which repositories are due, who works on them, and what is recorded."""

import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from types import FrameType

from migrate.batch import choices as written
from migrate.batch import pending, pool, sources
from migrate.batch.checks import check_branches, check_folder
from migrate.batch.choices import OF_IMAGES, Choices
from migrate.batch.ledger import FILE as LEDGER
from migrate.batch.ledger import Last, Ledger, opened
from migrate.batch.model import LOCAL, Result, State, Task
from migrate.batch.report import write_all
from migrate.batch.report.table import table
from migrate.batch.report.totals import totals
from migrate.batch.sources import Repository
from migrate.errors import MigrateError
from migrate.images.engine import Engine

_NO_SOURCES = "name the repositories: folders, git URLs, or a file that lists them"
DONE = frozenset({State.PLANNED, State.MIGRATED, State.NOTHING, State.BLOCKED, State.SKIPPED})

Announce = Callable[[int], None]
Show = Callable[[Repository, Result], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What one run of a campaign is asked to do.

    `folder`: the campaign's; `sources`: as for `locations`, none for those it knows; `given`: choices before those of
    uvmigrate.toml, `on_command_line`: choices after them. `jobs`: repositories at once, 0 for one per core; `only`:
    patterns of names; `retry`: states; `limit`: at most so many repositories, those never attempted first; `refresh`:
    attempt again what has not changed; `cluster`: the address of a Dask scheduler whose workers do it, "local" for one
    on this machine, "" for processes without Dask.
    """

    folder: Path
    sources: tuple[str, ...] = ()
    standard_input: tuple[str, ...] = ()
    given: Choices = field(default_factory=Choices)
    on_command_line: Mapping[str, object] = field(default_factory=dict)
    jobs: int = 0
    only: tuple[str, ...] = ()
    retry: frozenset[State] = frozenset()
    limit: int | None = None
    refresh: bool = False
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """How a run ended: the final table, whether a repository needs a person, and whether it stopped before its end."""

    table: tuple[str, ...]
    needs_a_person: bool
    is_stopped: bool


def run(request: Request, announce: Announce, show: Show) -> Summary:
    """Carry a request out, or the rest of it if it was stopped before, and write the reports into its folder.

    `announce` hears how many repositories there are to do, `show` of each when it is done and recorded. The first
    signal to end lets the repositories under way come to their end; the second ends them too.
    Raises MigrateError if another campaign is in the folder, if sources or choices cannot be read, or if the cluster
    cannot be had or goes away; what was done until then is recorded.
    """
    places = sources.locations(request.sources, request.standard_input) if request.sources else ()
    if not places and not (request.folder / LEDGER).exists():
        raise MigrateError(_NO_SOURCES)
    check_folder(request.folder, places)
    check_branches([request.given.with_(request.on_command_line)])
    with opened(request.folder) as ledger, _stoppable() as stops:
        repositories = _repositories(places, ledger)
        _check_patterns(request, repositories)
        _check_cluster(request, repositories)
        choices = _choices(request, repositories, ledger)
        _check_engines(request, choices.values())
        check_branches(choices.values())
        number = ledger.begin(_text(request, choices), repositories)
        attempts = ledger.last()
        due = _due(request, repositories, attempts, number)
        for each in repositories:
            last = attempts.get(each.name)
            if last and last.run == number:  # recorded, and killed right behind it
                _forget(request, each, last.state)
        announce(len(due))
        tasks = (_task(request, each, choices[each.name], last, number) for each, last in due)
        done = 0
        try:
            for task, result in _results(request, tasks, stops):
                if result.state is not State.UNCHANGED:
                    ledger.record(number, task.repository, result)
                _forget(request, task.repository, result.state)
                done += 1
                show(task.repository, result)
            if done == len(due):
                ledger.end(number)
        except MigrateError:
            write_all(request.folder, ledger.results)
            raise
        write_all(request.folder, ledger.results)
        counted = totals(ledger.results).states
        needs_a_person = bool(counted[State.FAILED] + counted[State.BLOCKED])
        lines = (*table(ledger.results), "", f"{request.folder / 'report.html'} has every repository")
        return Summary(lines, needs_a_person, is_stopped=done < len(due))


def _forget(request: Request, repository: Repository, state: State) -> None:
    """Let the plan of a repository go when its result is recorded; what failed under way goes on in the next run."""
    if request.given.apply and state is not State.FAILED:
        pending.forget(request.folder, repository)


def _results(request: Request, tasks: Iterator[Task], stops: Callable[[], bool]) -> Iterator[tuple[Task, Result]]:
    """Return the results of tasks as they come, from the workers that the request names."""
    jobs = request.jobs or _cores()
    if not request.cluster:
        return pool.results(tasks, jobs, request.folder, stops)
    from migrate.batch import cluster

    return cluster.results(tasks, request.cluster, jobs, request.folder, stops)


def _check_patterns(request: Request, repositories: Iterable[Repository]) -> None:
    """Refuse a pattern that names none of the repositories, as it is a slip of the pen."""
    names = [each.name for each in repositories]
    for pattern in request.only:
        if not any(fnmatchcase(name, pattern) for name in names):
            raise MigrateError(
                f"--only {pattern}: no repository is named so; the names are like {', '.join(names[:3])}"
            )


def _check_cluster(request: Request, repositories: Iterable[Repository]) -> None:
    """Refuse what workers of other machines cannot do, which see neither this disk nor each other's."""
    if request.cluster in ("", LOCAL):
        return
    if request.given.apply and not request.given.push:
        raise MigrateError("a commit that is not pushed goes with the worker that made it: say --push, or --dry-run")
    for each in repositories:
        if not each.is_remote:
            raise MigrateError(
                f"{each.location} is a folder of this machine, which other workers do not have; "
                "name its git URL, or say --cluster local"
            )


def _check_engines(request: Request, choices: Iterable[Choices]) -> None:
    """Refuse, before anything is done, a comparison of images without an engine on this machine."""
    engines = {chosen.images.engine for chosen in choices if chosen.compare and not chosen.skip}
    if not engines and (said := sorted(OF_IMAGES.keys() & request.on_command_line.keys())):
        raise MigrateError(f"{', '.join(said)}: these say how images are compared, which --compare asks for")
    if request.cluster in ("", LOCAL):
        for engine in engines:
            Engine.found(engine)


def _repositories(places: Sequence[str], ledger: Ledger) -> Sequence[Repository]:
    known = ledger.repositories()
    if not places and not known:
        raise MigrateError(_NO_SOURCES)
    return sources.named(places, known) if places else known


def _choices(request: Request, repositories: Sequence[Repository], ledger: Ledger) -> dict[str, Choices]:
    everywhere = {each.name: each for each in (*ledger.repositories(), *repositories)}
    file = written.read(request.folder, everywhere.values())
    return {each.name: file.choices(each, request.given, request.on_command_line) for each in repositories}


def _text(request: Request, choices: Mapping[str, Choices]) -> str:
    """Return what makes two requests the same: a run that was stopped goes on only if nothing of this differs."""
    repositories = {name: chosen.digest for name, chosen in choices.items()}
    selection = [*request.only], sorted(request.retry), request.limit, request.refresh
    return json.dumps([repositories, selection])


def _due(
    request: Request, repositories: Sequence[Repository], attempts: Mapping[str, Last], number: int
) -> list[tuple[Repository, Last | None]]:
    """Return the repositories of this run that it has not done yet, those never attempted first."""
    chosen = [
        each
        for each in repositories
        if not request.only or any(fnmatchcase(each.name, pattern) for pattern in request.only)
    ]
    found = [(each, attempts.get(each.name)) for each in chosen]
    already = sum(last is not None and last.run == number for _, last in found)
    due = [(each, last) for each, last in found if last is None or last.run != number]
    if request.retry:
        due = [(each, last) for each, last in due if last is not None and last.state in request.retry]
    due.sort(key=lambda pair: pair[1] is not None)
    return due if request.limit is None else due[: max(0, request.limit - already)]


def _task(request: Request, repository: Repository, choices: Choices, last: Last | None, number: int) -> Task:
    is_settled = last is not None and last.state in DONE and not request.refresh and not request.retry
    return Task(
        repository,
        choices,
        request.folder.resolve(),
        number,
        last.basis if last and is_settled else "",
        last.commit if last else "",
    )


def _cores() -> int:
    with suppress(AttributeError):  # not every system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether a signal to end has come; the second one is a KeyboardInterrupt."""
    came: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        if len(came) > 1:
            raise KeyboardInterrupt

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    heard = [number for number in signals if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, note) for number in heard}
    try:
        yield lambda: bool(came)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
