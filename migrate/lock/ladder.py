"""The lock: from the widest honest range of Python versions to the narrowest that keeps every pin."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from migrate.findings import Finding
from migrate.findings import lock as kinds
from migrate.lock.reasons import reason_of
from migrate.lock.uv import LockFailed
from migrate.python_version import Pythons, Version

LINUX = "sys_platform == 'linux'"  # what every image runs
CPYTHON = "implementation_name == 'cpython' and platform_python_implementation == 'CPython'"  # for uv two things


@dataclass(frozen=True, slots=True)
class Rung:
    """What a lock is asked to hold for: a value of requires-python, and a marker of platforms (None: all)."""

    requires_python: str
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class Locked:
    """The pyproject.toml that has a lock, the text of that lock, its rung, and what it took to get there."""

    pyproject: str
    lock: str
    rung: Rung
    findings: tuple[Finding, ...]


def rungs(pythons: Pythons) -> tuple[Rung, ...]:
    """Return what to try for the Python versions of a project, the widest first."""
    python, oldest = pythons.chosen, pythons.oldest
    own = Rung(f">={python}"), Rung(f"=={python}.*"), Rung(f"=={python}.*", LINUX)
    return own if oldest == python else (Rung(f">={oldest}"), *own)


def rung_of_images(python: Version) -> Rung:
    """Return what pip resolves for in an image: CPython of one version on Linux."""
    return Rung(f"=={python}.*", f"{LINUX} and {CPYTHON}")


def for_cpython(rung: Rung) -> Rung:
    """Return a rung that does not hold for other interpreters, as PyPy."""
    return Rung(rung.requires_python, f"{rung.environment} and {CPYTHON}" if rung.environment else CPYTHON)


def climb(
    lock: Callable[[str], str],
    pyproject_for: Callable[[Rung], str | None],
    lost: Callable[[str], Iterable[Finding]],
    pythons: Pythons,
    known: Locked | None = None,
) -> Locked | tuple[Finding, ...]:
    """Return the first lock that there is and that keeps the versions, or the findings why there is none.

    `pyproject_for` gives the text of pyproject.toml for a rung, None if it cannot; `lock` locks such a text or raises
    LockFailed; `lost` says which versions a lock does not keep. A text that was tried is not tried again, so that one
    lock is made if the widest rung has one. `known` is a lock of the same requirements: the rungs above it have none.
    """
    tried: set[str] = set()
    steps = list(known.findings) if known else []
    failed: tuple[Rung, str] | None = None
    why: tuple[Finding, ...] = ()
    all_rungs = rungs(pythons)
    for rung in all_rungs[all_rungs.index(known.rung) :] if known else all_rungs:
        text = pyproject_for(rung)
        if text is None or text in tried:
            continue
        tried.add(text)
        if failed:
            steps.append(_step_down(*failed, rung))
        try:
            locked = lock(text)
        except LockFailed as error:
            reason = reason_of(error, pythons.chosen)
            why, failed = (reason.at("pyproject.toml"),), (rung, reason.details["reason"])
            if reason.is_final:
                break
            continue
        why = tuple(lost(locked))
        if not why:
            return Locked(text, locked, rung, tuple(steps))
        failed = rung, why[0].message
    return why


def _step_down(wider: Rung, reason: str, narrower: Rung) -> Finding:
    if narrower.environment and not wider.environment:
        marker = narrower.environment
        return kinds.PLATFORM_NARROWED.at("pyproject.toml", marker=marker, wider=wider.requires_python, reason=reason)
    return kinds.RANGE_NARROWED.at(
        "pyproject.toml", chosen=narrower.requires_python, wider=wider.requires_python, reason=reason
    )
