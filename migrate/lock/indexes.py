"""Which index a package came from, where pip was told several."""

from collections.abc import Callable, Iterator, Mapping

from migrate.findings import Finding
from migrate.findings import indexes as kinds
from migrate.lock.ladder import Locked
from migrate.lockfile import parsed
from migrate.requirements import Index, Requirements

# The packages that each index serves, by its name; None: not known, the best version that any index has is taken.
Served = Mapping[str, frozenset[str]] | None


def lock_as_pip(
    wanted: Requirements, lock: Callable[[Served, Locked | None], Locked | tuple[Finding, ...]]
) -> tuple[Locked | tuple[Finding, ...], Served, list[Finding]]:
    """Return the lock whose packages come from the indexes from which pip would take them, and what there is to say.

    Between the two: what the indexes serve. `lock` makes a lock for that, or says why there is none; it is told of a
    lock of the same requirements, if there is one. Where pip was told several indexes it runs twice: once as pip
    chooses, once with each package bound to its index. No version is taken over from the first, so that a later lock is
    the same.
    """
    if not additional(wanted):
        return lock({}, None), {}, []
    as_pip = lock(None, None)
    if not isinstance(as_pip, Locked):
        return as_pip, None, []
    found = served(as_pip.lock, wanted)
    locked = lock(found, as_pip)
    findings = [*asked(found)]
    if isinstance(locked, Locked):
        findings += moved(as_pip.lock, locked.lock)
    return locked, found, findings


def additional(wanted: Requirements) -> tuple[Index, ...]:
    """Return the indexes that pip was told beside the default one."""
    return tuple(index for index in wanted.indexes if not index.is_default)


def served(lock: str, wanted: Requirements) -> dict[str, frozenset[str]]:
    """Return the required packages that came from each additional index, by its name.

    An index that also gave a package which is not required directly is left out: it cannot be bound to its packages.
    """
    required = {one.package for one in wanted.requirements}
    found: dict[str, frozenset[str]] = {}
    for index in additional(wanted):
        packages = frozenset(name for name, _, registry in _origins(lock) if registry == index.url)
        if packages <= required:
            found[index.name] = packages
    return found


def asked(found: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Yield what there is to say about indexes that are bound to their packages."""
    for name, packages in found.items():
        listed = ", ".join(sorted(packages)) or "no packages"
        yield kinds.INDEX_ASKED.at("pyproject.toml", packages=listed, name=name)


def moved(as_pip: str, lock: str) -> Iterator[Finding]:
    """Yield a finding for each package that a lock has in another version or from another index than pip would."""
    for name in sorted({name for name, _, _ in _origins(as_pip) ^ _origins(lock)}):
        yield kinds.INDEX_UNDECIDED.at("pyproject.toml", package=name)


def _origins(lock: str) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (package["name"], package.get("version", ""), package["source"].get("registry", ""))
        for package in parsed(lock).get("package", ())
    )
