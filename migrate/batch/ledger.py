"""The ledger of a campaign: an SQLite file with its repositories, its runs, and one row per repository and attempt."""

import fcntl
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from migrate.batch.model import Result, State
from migrate.batch.sources import Repository
from migrate.errors import MigrateError
from migrate.findings import Finding, Severity

FILE = "ledger.sqlite"
_SCHEMA = 2
_TABLES = f"""
CREATE TABLE repository (name TEXT PRIMARY KEY, location TEXT NOT NULL UNIQUE);
CREATE TABLE run (id INTEGER PRIMARY KEY, request TEXT NOT NULL, started REAL NOT NULL, ended REAL);
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    repository TEXT NOT NULL REFERENCES repository,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    basis TEXT NOT NULL,
    "commit" TEXT NOT NULL,
    request TEXT NOT NULL,
    findings TEXT NOT NULL,
    diff TEXT NOT NULL,
    uv TEXT NOT NULL,
    images TEXT NOT NULL,
    started REAL NOT NULL,
    seconds REAL NOT NULL,
    UNIQUE (repository, run)
);
PRAGMA user_version = {_SCHEMA};
"""
_LAST = """
SELECT r.name, r.location, a.state, a.reason, a.basis, a."commit", a.request, a.findings, a.diff, a.uv,
       a.images, a.started, a.seconds
FROM repository r JOIN attempt a ON a.id = (SELECT max(id) FROM attempt WHERE repository = r.name) ORDER BY r.name
"""


@dataclass(frozen=True, slots=True)
class Last:
    """What the next run has to know of the last attempt at a repository, and the last commit that was made in any."""

    run: int
    state: State
    basis: str
    commit: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger; every method is one transaction that survives a kill at any point."""

    _database: sqlite3.Connection

    def repositories(self) -> tuple[Repository, ...]:
        """Return all repositories that the campaign was ever told of, in that order."""
        rows = self._database.execute("SELECT name, location FROM repository")
        return tuple(Repository(name, os.fsdecode(location)) for name, location in rows)

    def begin(self, request: str, repositories: Iterable[Repository]) -> int:
        """Return the number of a run for a request: the last one if it has not ended and was for the same request."""
        with self._database:
            self._database.executemany(
                "INSERT OR IGNORE INTO repository VALUES (?, ?)",
                ((each.name, _place(each.location)) for each in repositories),
            )
            last = self._database.execute("SELECT id, request, ended FROM run ORDER BY id DESC LIMIT 1").fetchone()
            if last and last[1] == request and last[2] is None:
                return int(last[0])
            self._database.execute("INSERT INTO run (request, started) VALUES (?, ?)", (request, time.time()))
            return int(self._database.execute("SELECT max(id) FROM run").fetchone()[0])

    def last(self) -> dict[str, Last]:
        """Return the last attempt at each repository by its name; those without one are missing."""
        rows = self._database.execute(
            'SELECT repository, run, state, basis, (SELECT "commit" FROM attempt WHERE repository = a.repository '
            "AND \"commit\" <> '' ORDER BY id DESC LIMIT 1) FROM attempt a "
            "WHERE id IN (SELECT max(id) FROM attempt GROUP BY repository)"
        )
        with _undamaged():
            return {name: Last(run, State(state), basis, commit or "") for name, run, state, basis, commit in rows}

    def record(self, run: int, repository: Repository, result: Result) -> None:
        """Record an attempt at a repository, which is the only one of its run."""
        values = asdict(result) | {"state": result.state.value, "findings": _as_json(result.findings)}
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        with self._database:
            self._database.execute(
                f"INSERT INTO attempt (run, repository, {columns}) VALUES (?, ?, {marks})",  # noqa: S608 - our own names
                (run, repository.name, *map(_storable, values.values())),
            )

    def end(self, run: int) -> None:
        """Record that nothing of a run is left to do."""
        with self._database:
            self._database.execute("UPDATE run SET ended = ? WHERE id = ?", (time.time(), run))

    def results(self) -> Iterator[tuple[Repository, Result]]:
        """Yield every repository that was attempted, by name, with its last result; one at a time is in memory."""
        for name, location, state, reason, basis, commit, request, findings, *rest in self._database.execute(_LAST):
            with _undamaged():
                result = Result(State(state), reason, basis, commit, request, _findings(findings), *rest)
            yield Repository(name, os.fsdecode(location)), result


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Give the ledger in a campaign's folder, which is made if it is missing, while no other campaign has it.

    Raises MigrateError if another one has it, or if it cannot be opened.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder), closing(sqlite3.connect(folder / FILE)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            schema = database.execute("PRAGMA user_version").fetchone()[0]
            if schema == 0:
                database.executescript(f"BEGIN; {_TABLES} COMMIT;")
            elif schema != _SCHEMA:
                raise MigrateError(f"{folder / FILE} was written by another version of uvmigrate")
            yield Ledger(database)
    except (OSError, sqlite3.Error) as error:
        raise MigrateError(f"the campaign in {folder} cannot go on: {error}") from error


@contextmanager
def _undamaged() -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise MigrateError(f"{FILE} of the campaign is damaged: move it away, and begin anew") from error


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder / "campaign.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MigrateError(
                f"another uvmigrate runs the campaign in {folder}; try again when it has ended"
            ) from None
        yield
    finally:
        os.close(descriptor)


def _as_json(findings: Iterable[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings])


def _findings(text: str) -> tuple[Finding, ...]:
    return tuple(Finding(**{**fields, "severity": Severity(fields["severity"])}) for fields in json.loads(text))


def _place(location: str) -> str | bytes:
    """SQLite stores UTF-8; a path of other bytes is kept as these, so that it is found again."""
    try:
        return location.encode().decode()
    except UnicodeEncodeError:
        return os.fsencode(location)


def _storable(value: object) -> object:
    """SQLite stores UTF-8; what is not, as in a path of other bytes, is kept as an escape."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
