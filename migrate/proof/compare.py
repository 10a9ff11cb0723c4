"""Two sets of packages, compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from packaging.version import InvalidVersion, Version


class Status(StrEnum):
    """What became of a package."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Package:
    """A package by its normalised name, and its version before and after; None: it is not installed.

    `announced` is the code of the finding by which the migration says that it may differ.
    """

    name: str
    before: str | None
    after: str | None
    announced: str | None = None

    @property
    def status(self) -> Status:
        """What became of it; versions that PEP 440 calls equal are the same."""
        if self.before is None:
            return Status.ADDED
        if self.after is None:
            return Status.REMOVED
        return Status.SAME if _version(self.before) == _version(self.after) else Status.CHANGED

    @property
    def is_unannounced(self) -> bool:
        """Whether it is not the same, and no finding says so."""
        return self.status is not Status.SAME and self.announced is None

    @property
    def is_prerelease_of_pip(self) -> bool:
        """Whether pip takes a pre-release where uv takes another version."""
        before = _version(self.before or "")
        return self.status is Status.CHANGED and isinstance(before, Version) and before.is_prerelease


@dataclass(frozen=True, slots=True)
class Comparison:
    """All packages of both sides by name, the Python version and who told what the old files install.

    `project` is the folder of the project in its repository, "" for the root. `groups` are the dependency groups that
    are installed, beside production or, if that is said, instead of it. `reason`: why nothing could be compared.
    """

    packages: tuple[Package, ...]
    python: str
    resolver: str
    project: str = ""
    groups: tuple[str, ...] = ()
    has_production: bool = True
    reason: str = ""

    @property
    def differences(self) -> tuple[Package, ...]:
        """The packages that are not the same."""
        return tuple(package for package in self.packages if package.status is not Status.SAME)

    @property
    def unannounced(self) -> tuple[Package, ...]:
        """The packages that are not the same, and of which no finding says so."""
        return tuple(package for package in self.packages if package.is_unannounced)


def compared(
    before: Mapping[str, str], after: Mapping[str, str], announced: Mapping[str, str] = MappingProxyType({})
) -> tuple[Package, ...]:
    """Return the packages of two installations, given as versions by normalised name, sorted by name.

    An empty version stands for whatever the other side has. `announced` has the codes of findings by name.
    """
    names = sorted(before.keys() | after.keys())
    return tuple(
        Package(name, before.get(name), after.get(name) or _any(name, before, after), announced.get(name))
        for name in names
    )


def _any(name: str, before: Mapping[str, str], after: Mapping[str, str]) -> str | None:
    return before.get(name, "") if name in after else None


def _version(text: str) -> Version | str:
    try:
        return Version(text)
    except InvalidVersion:
        return text
