"""The values of a campaign: what is to be done with one repository, and what came of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from migrate.batch.choices import Choices
from migrate.batch.sources import Repository
from migrate.findings import Finding

LOCAL = "local"  # the cluster that is made on this machine, and shares its disk


class State(StrEnum):
    """What came of a repository."""

    PLANNED = "planned"  # a dry run: this would change
    MIGRATED = "migrated"
    NOTHING = "nothing"  # nothing to migrate here, or it uses uv already
    BLOCKED = "blocked"  # findings that a person has to act on; nothing was changed
    FAILED = "failed"  # it could not be tried to its end; the reason says why
    SKIPPED = "skipped"  # by choice
    UNCHANGED = "unchanged"  # as at the last attempt, whose record stands


@dataclass(frozen=True, slots=True)
class Task:
    """One repository to migrate: all that `work` needs, on whatever machine it runs.

    `home`: the campaign's folder, or any other for clones; `run`: the number of the campaign's run; `basis`, `commit`:
    those of the last attempt that need not be repeated, "" if there was none; `turns`: gives one worker after the other
    the turn to open a request, None: a lock in `home` does.
    """

    repository: Repository
    choices: Choices
    home: Path
    run: int
    basis: str = ""
    commit: str = ""
    turns: AbstractContextManager[object] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one repository.

    `basis` tells a version of the repository and the choices: the same basis gives the same result. `commit`: of the
    migration; `request`: the URL of the pull or merge request; `uv`: what uv printed; `diff`: for people, with uv.lock
    as packages; `images`: what `uvmigrate compare --format json` says of the old and the new image, "" if nobody asked;
    `started`: seconds since the epoch; `seconds`: how long it took.
    """

    state: State
    reason: str = ""
    basis: str = ""
    commit: str = ""
    request: str = ""
    findings: tuple[Finding, ...] = ()
    diff: str = ""
    uv: str = ""
    images: str = ""
    started: float = 0.0
    seconds: float = 0.0


Results = Callable[[], Iterator[tuple[Repository, Result]]]  # every repository's last result by name, from the first
