"""Which Python the project runs on, and who says so."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from migrate.findings import Finding, lock


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A Python version, major and minor; as text "X.Y"."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class Pythons:
    """The Python version that the project runs on, and the oldest one that its lock should be for, too."""

    chosen: Version
    oldest: Version


OLDEST = Version(3, 8)  # the oldest Python that uv locks and installs packages for


@dataclass(frozen=True, slots=True)
class Declaration:
    """A place that names a Python version, `version`, or admits several: then `admits` and its own words `says`.

    `needs_lock`: it is an image that installs the project's packages.
    """

    version: Version
    path: str
    line: int
    admits: frozenset[Version] = frozenset()
    says: str = ""
    needs_lock: bool = False


@dataclass(frozen=True, slots=True)
class Floating:
    """A place that names an image whose Python changes with time."""

    image: str
    path: str
    line: int


def choose(
    images: Iterable[Declaration | Floating], others: Iterable[Declaration]
) -> tuple[Pythons, tuple[Finding, ...]]:
    """Return the Python versions of the project, and what there is to say about them.

    The first declaration decides, that of an image before the `others`; without one it is the interpreter in use.
    Those that contradict the decision are findings, and so are images that tell no version. Other images that need the
    lock are none: whether it is for them is not known yet.
    """
    said = list(images)
    declarations = [*(image for image in said if isinstance(image, Declaration)), *others]
    floating = [image for image in said if isinstance(image, Floating)]
    chosen = declarations[0].version if declarations else Version(*sys.version_info[:2])
    unclear = (lock.PYTHON_FLOATING.at(image.path, image.line, image=image.image, chosen=chosen) for image in floating)
    if not declarations:
        return Pythons(chosen, chosen), (lock.PYTHON_UNKNOWN.at("pyproject.toml", version=chosen), *unclear)
    needed = (one.version for one in declarations if one.needs_lock and one.version >= OLDEST)
    contradictions = (
        lock.PYTHON_CONTRADICTION.at(
            other.path,
            other.line,
            version=other.says or other.version,
            chosen=chosen,
            chosen_path=declarations[0].path,
        )
        for other in declarations
        if chosen not in (other.admits or {other.version}) and not other.needs_lock
    )
    return Pythons(chosen, min((chosen, *needed))), (*contradictions, *unclear)
