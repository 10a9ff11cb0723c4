"""What moves versions: a lock has one version of each package, whoever asks for it, on every system."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from migrate.basis import LOCK, Basis
from migrate.findings import Finding, Kind
from migrate.findings import lock as kinds
from migrate.legacy import Installation, Legacy
from migrate.lock.installed import installed
from migrate.lock.markers import holds, linux
from migrate.lock.pins import is_pin
from migrate.lockfile import Lockfile, Selection
from migrate.requirements import Group, Requirements

_MOST = 5  # changed versions that are told one by one
_PRODUCTION = Selection()

Moves = Mapping[str, str]
"""Packages with another version than alone: by name, with both versions, "1.0 → 0.9"."""


@dataclass(frozen=True, slots=True)
class Together:
    """The lock of all that a project has, against locks of parts of it.

    `lock` makes those; it is asked only where the rest can have moved versions that a part leaves open.
    """

    old: Legacy
    what: Basis
    text: str
    lock: Callable[[Basis], Mapping[str, str] | None]

    def by_groups(self) -> Moves:
        """Return what groups move in production."""
        groups = self._installed(_of(*self.old.groups))
        return self._moved(replace(self.what, groups=()), _PRODUCTION, groups)

    def by_other_systems(self) -> Moves:
        """Return what other systems than those of images move in production."""
        environment, left_open = linux(str(self.old.python)), self._open(self.old.production, _PRODUCTION)
        here = {"", *self._installed(replace(_of(*self.old.groups), is_production=True))}
        limited = {
            edge["name"]
            for needs, edge in Lockfile(self.text).edges
            if edge["name"] in left_open and (needs not in here or not holds(edge.get("marker"), environment))
        }
        return self._moved(self.what.of_images, _PRODUCTION, limited)

    def by_production(self, groups: Sequence[Group]) -> Moves:
        """Return what production and others move in an image that installs some groups without it."""
        wanted, others = self.old.alone(groups), [group for group in self.old.groups if group not in groups]
        alone = replace(self.what, production=wanted, groups=(), old=None, package=None)
        rest = self._installed(replace(_of(*others), is_production=True))
        return self._moved(alone, _of(*groups), rest)

    def in_images_without_production(self) -> Iterator[Finding]:
        """Yield what there is to say of each image that installs groups without production."""
        for groups in (each.groups for each in self.old.installations if not each.has_production):
            if moves := self.by_production(groups):
                names = ", ".join(group.name for group in groups)
                yield kinds.MOVED_BY_PRODUCTION.at(groups[0].path, groups=names, moves=told(moves))

    def in_an_image(self, installation: Installation) -> Mapping[str, tuple[str, str]]:
        """Return what moves in an image: the code of the finding that says so, and both versions, by package."""
        if not installation.has_production:
            return _of_kind(kinds.MOVED_BY_PRODUCTION, self.by_production(installation.groups))
        return _of_kind(kinds.MOVED, self.by_groups()) or _of_kind(kinds.MOVED_BY_SYSTEMS, self.by_other_systems())

    def to_blame(self, packages: Iterable[str]) -> tuple[str, ...]:
        """Return the groups that move some packages of production and that no image installs.

        Those are the ones that name such a package; if none does, the ones that need one.
        """
        names = {*packages}
        free = [group for group in self.old.groups if group.name not in self.old.groups_of_images]
        naming = tuple(group.name for group in free if any(one.package in names for one in group.requirements))
        return naming or tuple(group.name for group in free if names & self._installed(_of(group)).keys())

    def _moved(self, less: Basis, part: Selection, rest: Iterable[str]) -> Moves:
        """Return the packages of a part that have another version than in the lock of `less`; `rest` may move them."""
        if less.old_lock is not None or self._open(less.production, part).isdisjoint(rest):
            return {}
        alone = self.lock(less)
        if alone is None:
            return {}
        before, after = installed(alone[LOCK], self.old.python), self._installed(part)
        return {
            name: move(before.get(name), after.get(name))
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        }

    def _open(self, wanted: Requirements, part: Selection) -> set[str]:
        """Return the packages of a part whose version its requirements leave open."""
        limits = (*wanted.requirements, *wanted.constraints, *wanted.pins)
        return self._installed(part).keys() - {one.package for one in limits if is_pin(one) or one.source}

    def _installed(self, part: Selection) -> dict[str, str]:
        return installed(self.text, self.old.python, part)


def move(before: str | None, after: str | None) -> str:
    """Return the versions of a package on both sides in words; None: it is not there."""
    return f"{before or 'none'} → {after or 'none'}"


def told(moves: Moves) -> str:
    """Return moves in words, the first of them if they are many."""
    shown = [f"{name} {versions}" for name, versions in moves.items()]
    more = f" and {len(shown) - _MOST} more" if len(shown) > _MOST else ""
    return ", ".join(shown[:_MOST]) + more


def _of_kind(kind: Kind, moves: Moves) -> Mapping[str, tuple[str, str]]:
    return {name: (kind.code, versions) for name, versions in moves.items()}


def _of(*groups: Group) -> Selection:
    return Selection(is_production=False, groups=tuple(group.name for group in groups))
