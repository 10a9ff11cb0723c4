"""What one logical line can mean."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrate.findings import Finding, Kind
from migrate.requirements.model import Index, Setting, Source

if TYPE_CHECKING:
    from packaging.requirements import Requirement as Specification


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding that only lacks its place."""

    kind: Kind
    details: dict[str, object] = field(default_factory=dict)

    def at(self, path: str, line: int) -> Finding:
        """Return the finding."""
        return self.kind.at(path, line, **self.details)


class Refusal(Remark):
    """The line is not converted, and why."""


class LeftOut(Remark):
    """The line has nothing to say to uv, and why."""


@dataclass(frozen=True, slots=True)
class Include:
    """The line reads another requirements file: `target` as it is written there, or the path that was found for it.

    `is_again` tells whether that file was read before, `is_constraints` whether it only limits versions.
    """

    target: str
    is_again: bool = False
    is_constraints: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The line asks for a package: a PEP 508 dependency without a URL.

    `source` is where it comes from if not from an index, `hashes` ("sha256:…") those that its file may have, `build`
    what its build backend is told.
    """

    spec: "Specification"
    source: Source | None = None
    hashes: tuple[str, ...] = ()
    note: Remark | None = None
    build: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Local:
    """The line asks for what lies at a path as it is written; `name`, if it tells one, is the package's."""

    path: str
    name: str | None
    extras: frozenset[str]
    marker: str | None
    is_editable: bool
    hashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Itself:
    """The line asks for the project in whose folder pip runs: what it depends on by itself, and by some extras."""

    extras: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    """The line sets how packages are found or built."""

    values: tuple[Setting | Index, ...]
    note: Remark | None = None


Meaning = Wanted | Local | Itself | Settings | Include | Refusal | LeftOut
