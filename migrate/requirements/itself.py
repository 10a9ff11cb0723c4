"""The project as one of its own requirements: `-e .` and `.[extra]`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrate import setup_files
from migrate.repo import Repo, UnreadableText
from migrate.requirements.logical import LogicalLine
from migrate.setup_files import Listed, SetupFiles
from migrate.text import line_at

ITSELF = "."
_PATH = re.compile(r"\.(?:\[(?P<extras>[^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Own:
    """What the project requires, as the file `path` says it: lines of a requirements file, and those of each extra."""

    path: str
    lines: tuple[LogicalLine, ...] = ()
    extras: Mapping[str, tuple[LogicalLine, ...]] = field(default_factory=dict)

    def part(self, name: str) -> tuple[LogicalLine, ...]:
        """Return the lines of "." or ".[extra]"; none for an extra that there is not, as pip has it."""
        extra = name.removeprefix(ITSELF).strip("[]")
        return self.extras.get(extra, ()) if extra else self.lines


def own(repo: Repo) -> Own | None:
    """Return what the project at the root requires; None if nothing says so with certainty, or nothing can install it.

    Dependencies of a [project] table are not repeated: they are in pyproject.toml.
    """
    try:
        text = repo.get("pyproject.toml") or ""
        data = tomllib.loads(text)
    except (UnreadableText, ValueError, RecursionError):
        return None
    match data:
        case {"project": {"dynamic": [*dynamic]}} if {"dependencies", "optional-dependencies"} & {*map(str, dynamic)}:
            return None
        case {"project": dict(project), "build-system": dict()}:
            extras = project.get("optional-dependencies", {})
            listed = {name: tuple(_quoted(text, items)) for name, items in extras.items() if isinstance(items, list)}
            return Own("pyproject.toml", (), listed)
        case {"project": _}:
            return None
    setup = setup_files.read(repo)
    return _described(setup) if isinstance(setup, SetupFiles) else None


def parts(path: str, more: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return what is read for a path: the path, or the parts of the project if it is "." or ".[extra]"."""
    match = _PATH.fullmatch(path)
    if match is None:
        return (path,)
    extras = {*filter(None, map(str.strip, (match["extras"] or "").split(","))), *more}
    return (ITSELF, *(f"{ITSELF}[{extra}]" for extra in sorted(extras)))


def is_itself(path: str) -> bool:
    """Whether a path means the project."""
    return _PATH.fullmatch(path) is not None


def _described(setup: SetupFiles) -> Own:
    files = tuple(LogicalLine(1, f"-r {file}") for file in setup.files)
    extras = {name: tuple(map(_line, listed)) for name, listed in setup.extras.items()}
    return Own(setup.path, (*map(_line, setup.dependencies), *files), extras)


def _line(listed: Listed) -> LogicalLine:
    return LogicalLine(listed.line, listed.text)


def _quoted(text: str, items: list[object]) -> Iterator[LogicalLine]:
    for item in items:
        yield LogicalLine(line_at(text, max(text.find(str(item)), 0)), str(item))
