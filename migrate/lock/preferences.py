"""Versions that a lock keeps without anything in pyproject.toml saying so: those of compiled requirements files."""

from collections.abc import Callable, Iterable, Iterator

from packaging.requirements import Requirement as Specification

from migrate.findings import Finding
from migrate.findings import discovery as kinds
from migrate.lock.pins import holds
from migrate.lockfile import parsed
from migrate.python_version import Version
from migrate.requirements import Requirement


def lock_keeping(
    pins: Iterable[Requirement], text: str, old_lock: str | None, lock: Callable[[str, str | None], str]
) -> str:
    """Return the lock of a pyproject.toml that has the versions of `pins`, as far as they are in it.

    `lock` locks a text, and keeps the versions of a lock that is there. So it is asked twice: first with the pins as
    constraints, then without them. Raises what `lock` raises, and LockFailed where no lock has
    these versions.
    """
    constraints = tuple(_constraints(pins))
    return lock(text, lock(_constrained(text, constraints), old_lock) if constraints else old_lock)


def needed(pins: Iterable[Requirement], lock: str) -> tuple[Requirement, ...]:
    """Return the pins whose packages are in a lock."""
    names = {package["name"] for package in parsed(lock).get("package", ())}
    return tuple(pin for pin in pins if pin.package in names)


def unused(pins: Iterable[Requirement], lock: str, python: Version) -> Iterator[Finding]:
    """Yield a finding for each pin that holds on Linux under a Python version and whose package is not in a lock."""
    pins = tuple(pins)
    known = set(needed(pins, lock))
    for pin in pins:
        if pin not in known and (pin.spec.marker is None or holds(pin.spec.marker, python)):
            yield kinds.PIN_UNUSED.at(pin.path, pin.line, name=pin.spec.name)


def _constrained(text: str, constraints: Iterable[str]) -> str:
    import tomlkit

    document = tomlkit.parse(text).unwrap()
    uv = document.setdefault("tool", {}).setdefault("uv", {})
    uv["constraint-dependencies"] = [*uv.get("constraint-dependencies", []), *constraints]
    return tomlkit.dumps(document)


def _constraints(pins: Iterable[Requirement]) -> Iterator[str]:
    """Yield the pins as constraints: without extras, and without packages that have two versions at once."""
    found: dict[tuple[str, str], set[str]] = {}
    for pin in pins:
        if pin.source is None and str(pin.spec.specifier):
            found.setdefault((pin.package, str(pin.spec.marker or "")), set()).add(str(pin.spec.specifier))
    for (package, marker), specifiers in found.items():
        if len(specifiers) == 1:
            yield str(Specification(f"{package}{specifiers.pop()}" + (f" ; {marker}" if marker else "")))
