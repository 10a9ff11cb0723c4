"""The values of a comparison: what an image holds, what was measured, what was proven."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class File:
    """A file of an image: type as `ls` shows it, permissions, owner, SHA-256 or the target of a link, and size."""

    type: str
    mode: int
    user: int
    group: int
    content: str
    size: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of an image by absolute path, those that pip recorded, and those that a Debian package brought or made.

    Bytecode is not among `files`; `bytecode` is how many bytes it has by folder. `accounts` are the files of users and
    groups, each with the SHA-256 of its lines.
    """

    files: Mapping[str, File]
    pip: frozenset[str] = frozenset()
    debian: Mapping[str, str] = field(default_factory=dict)
    bytecode: Mapping[str, int] = field(default_factory=dict)
    accounts: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Packages:
    """What the image's own `python` has: its prefix, distributions, console scripts and top-level modules."""

    prefix: str
    versions: Mapping[str, str]
    scripts: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imports:
    """Modules of an image, each with None or the reason why it cannot be imported.

    `left_out`: how many modules of the working folder were too many to try.
    """

    why: Mapping[str, str | None]
    left_out: int = 0


ENDLESS, UNTRIED = "does not end", "there was no time left"  # reasons of import_modules.py that say nothing of a module


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program or a service answered: an exit code or status, and the text."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the container's creation to its first line or passing probe, None if neither came; the answer."""

    seconds: float | None
    answer: Answer | None = None
    why: str = ""


class Unit(StrEnum):
    """What a figure counts."""

    SECONDS = "s"
    BYTES = "bytes"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity of both images, a value for each run; an empty side was not measured, `note` says why."""

    name: str
    title: str
    unit: Unit
    before: tuple[float, ...]
    after: tuple[float, ...]
    note: str = ""

    @property
    def old(self) -> float | None:
        """The median of the old image."""
        return median(self.before) if self.before else None

    @property
    def new(self) -> float | None:
        """The median of the new image."""
        return median(self.after) if self.after else None

    @property
    def ratio(self) -> float | None:
        """How many times less the new image has or takes; None if one side is missing or nothing."""
        return self.old / self.new if self.old and self.new else None


class Status(StrEnum):
    """What became of a proof."""

    PASSED = "passed"
    FAILED = "failed"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Proof:
    """One claim about the new image: the differences that nothing explains, those that are explained, what was counted.

    `why` is the reason when it could not be proven.
    """

    name: str
    title: str
    differences: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    counted: str = ""
    why: str = ""

    @property
    def status(self) -> Status:
        """Failed if there is a difference; unproven if there is a reason why not."""
        return Status.FAILED if self.differences else Status.UNPROVEN if self.why else Status.PASSED


@dataclass(frozen=True, slots=True)
class Comparison:
    """The old image against the new one. `notes` are about the whole, such as that the old one did not build."""

    dockerfile: str
    engine: str
    runs: int
    figures: tuple[Figure, ...]
    proofs: tuple[Proof, ...]
    notes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def has_failed(self) -> bool:
        """Whether a proof failed."""
        return any(proof.status is Status.FAILED for proof in self.proofs)


Config = Mapping[str, Any]  # the `Config` of `docker image inspect`
