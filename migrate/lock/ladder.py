"""The lock: from the widest honest range of Python versions to the narrowest that keeps every pin."""

from collections.abc import Callable
from dataclasses import dataclass

from migrate.findings import Finding
from migrate.findings import lock as kinds
from migrate.lock.uv import LockFailed
from migrate.python_version import Version


@dataclass(frozen=True, slots=True)
class Locked:
    """The pyproject.toml that has a lock, the text of that lock, and what it took to get there."""

    pyproject: str
    lock: str
    findings: tuple[Finding, ...]


def ranges(python: Version) -> tuple[str, ...]:
    """Return the values of requires-python to try for a Python version, the widest first."""
    return (f">={python}", f"=={python}.*")


def climb(lock: Callable[[str], str], pyproject_for: Callable[[str], str | None], python: Version) -> Locked | Finding:
    """Return the first lock that uv finds, or the finding that there is none.

    `pyproject_for` gives the text of pyproject.toml for a value of requires-python; `lock` locks such a text. uv runs
    once if the widest range has a lock. Raises MigrateError if uv cannot be started.
    """
    failures: list[str] = []
    wider, *_ = tried = ranges(python)
    previous = None
    for chosen in tried:
        text = pyproject_for(chosen) or ""
        if text == previous:
            break
        previous = text
        try:
            locked = lock(text)
        except LockFailed as error:
            failures.append(str(error))
            continue
        narrowed = (
            kinds.RANGE_NARROWED.at("pyproject.toml", chosen=chosen, wider=wider, reason=reason)
            for reason in failures[:1]
        )
        return Locked(text, locked, tuple(narrowed))
    return kinds.LOCK_FAILED.at("pyproject.toml", reason=failures[-1])
