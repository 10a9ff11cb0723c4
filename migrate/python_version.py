"""Which Python the project runs on, and who says so."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from migrate.findings import Finding, lock
from migrate.repo import Repo, UnreadableText

_DECLARATIONS = {
    ".python-version": re.compile(r"^\s*(?:cpython-|python-)?(\d+)\.(\d+)", re.MULTILINE),
    "runtime.txt": re.compile(r"^\s*python-(\d+)\.(\d+)", re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class Version:
    """A Python version, major and minor; as text "X.Y"."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class Declaration:
    """A place that names a Python version."""

    version: Version
    path: str
    line: int


def choose(images: Iterable[Declaration], repo: Repo) -> tuple[Version, tuple[Finding, ...]]:
    """Return the Python version and what there is to say about it.

    The first of these decides: the images of the Dockerfiles, `.python-version`, `runtime.txt`, the interpreter
    in use. Those that contradict it are findings.
    """
    declarations = [*images, *_declared(repo)]
    if not declarations:
        version = Version(*sys.version_info[:2])
        return version, (lock.PYTHON_UNKNOWN.at("pyproject.toml", version=version),)
    chosen = declarations[0]
    return chosen.version, tuple(
        lock.PYTHON_CONTRADICTION.at(
            other.path,
            other.line,
            version=other.version,
            chosen=chosen.version,
            chosen_path=chosen.path,
        )
        for other in declarations
        if other.version != chosen.version
    )


def _declared(repo: Repo) -> Iterable[Declaration]:
    for path, pattern in _DECLARATIONS.items():
        try:
            text = repo.get(path) or ""
        except UnreadableText:
            continue
        if match := pattern.search(text):
            yield Declaration(Version(int(match[1]), int(match[2])), path, text.count("\n", 0, match.start(1)) + 1)
