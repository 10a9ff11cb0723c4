"""What moves versions of production: a lock has one version of each package, whoever asks for it, on every system."""

from collections.abc import Iterable
from dataclasses import replace

from migrate.legacy import Legacy
from migrate.lock.installed import installed
from migrate.lock.markers import holds, linux
from migrate.lock.pins import is_pin
from migrate.lockfile import Lockfile, Selection
from migrate.requirements import Group


def shares_open_packages(old: Legacy, lock: str) -> bool:
    """Return whether the groups of a lock install packages of production whose version production leaves open."""
    return not _open_packages(old, lock).isdisjoint(installed(lock, old.python, _of(*old.groups)))


def other_systems_may_limit(old: Legacy, lock: str) -> bool:
    """Return whether what only other systems than those of images need depends on what production leaves open."""
    environment, left_open = linux(str(old.python)), _open_packages(old, lock)
    here = {"", *installed(lock, old.python, replace(_of(*old.groups), is_production=True))}
    return any(
        edge["name"] in left_open and (needs not in here or not holds(edge.get("marker"), environment))
        for needs, edge in Lockfile(lock).edges
    )


def moved(old: Legacy, lock: str, alone: str) -> dict[str, str]:
    """Return the packages of production with another version in a lock than in the lock that has production `alone`.

    By name, with both versions: "1.0 → 0.9".
    """
    before, after = (installed(text, old.python) for text in (alone, lock))
    return {
        name: f"{before.get(name, 'none')} → {after.get(name, 'none')}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }


def to_blame(old: Legacy, lock: str, packages: Iterable[str]) -> tuple[str, ...]:
    """Return the groups of a lock that move some packages and that no image installs.

    Those are the ones that name such a package; if none does, the ones that need one.
    """
    names = {*packages}
    free = [group for group in old.groups if group.name not in old.groups_of_images]
    naming = tuple(group.name for group in free if any(one.package in names for one in group.requirements))
    return naming or tuple(group.name for group in free if names & installed(lock, old.python, _of(group)).keys())


def _open_packages(old: Legacy, lock: str) -> set[str]:
    """Return the packages of production in a lock whose version production leaves open."""
    production = old.production
    fixed = (*production.requirements, *production.constraints, *production.pins)
    return installed(lock, old.python).keys() - {one.package for one in fixed if is_pin(one) or one.source}


def _of(*groups: Group) -> Selection:
    return Selection(is_production=False, groups=tuple(group.name for group in groups))
