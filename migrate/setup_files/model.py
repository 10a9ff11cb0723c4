"""What setup.py and setup.cfg say, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listed:
    """A requirement as it is written, and the line of the file that says it."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why the files of a project cannot be read with certainty, in a few words."""

    path: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class SetupFiles:
    """A project as the file `path` describes it.

    `dependencies` and those of the `extras` are as they are written there; `files` are requirements files from which
    more dependencies are read. `fields` are the other keys of [project] (PEP 621) that the files give.
    `imports_itself`: setup.py imports a module that lies beside it, which only the backend for old projects allows.
    """

    path: str
    name: str
    dependencies: tuple[Listed, ...] = ()
    files: tuple[str, ...] = ()
    extras: Mapping[str, tuple[Listed, ...]] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()
    imports_itself: bool = False
