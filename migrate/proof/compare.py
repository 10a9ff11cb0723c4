"""Two sets of packages, compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from packaging.version import InvalidVersion, Version


class Status(StrEnum):
    """What became of a package."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Package:
    """A package by its normalised name, and its version before and after; None: it is not installed."""

    name: str
    before: str | None
    after: str | None

    @property
    def status(self) -> Status:
        """What became of it; versions that PEP 440 calls equal are the same."""
        if self.before is None:
            return Status.ADDED
        if self.after is None:
            return Status.REMOVED
        return Status.SAME if _version(self.before) == _version(self.after) else Status.CHANGED


@dataclass(frozen=True, slots=True)
class Comparison:
    """All packages of both sides by name, the Python version and who told what the old files install."""

    packages: tuple[Package, ...]
    python: str
    resolver: str

    @property
    def differences(self) -> tuple[Package, ...]:
        """The packages that are not the same."""
        return tuple(package for package in self.packages if package.status is not Status.SAME)


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Package, ...]:
    """Return the packages of two installations, given as versions by normalised name, sorted by name."""
    return tuple(Package(name, before.get(name), after.get(name)) for name in sorted(before.keys() | after.keys()))


def _version(text: str) -> Version | str:
    try:
        return Version(text)
    except InvalidVersion:
        return text
