"""Files of the repository that a RUN runs and that call pip: scripts and Makefiles."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import basename, normpath, splitext

from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.stages import Stage, Step
from migrate.repo import Repo

_PIP_INSTALLS = re.compile(r"(?m)^[^#\n]*\b(?:pip[\d.]* install|setup\.py (?:install|develop))\b")
_SHELLS = frozenset({".", "ash", "bash", "dash", "sh", "source"})
_ENDINGS = frozenset({"", ".bash", ".sh"})
_PATH = re.compile(r"[\w./-]+")


def installing_file(step: Step, repo: Repo) -> str | None:
    """Return the file of a repository that a RUN runs and that calls pip, or None.

    A file counts as run if a command is its path, or a shell or make that is told it; in a RUN that is not understood,
    if it is named at all.
    """
    instruction, scripts = step.instruction, _scripts(repo.files)
    if instruction.keyword != "RUN" or not scripts:
        return None
    text = instruction.masked[instruction.arguments_start : instruction.end].replace("\0", "")
    named = {word for word in _PATH.findall(text) if word == "make" or basename(word) in scripts}
    run = runs.read(step) if named else None
    started = named if run is None else named.intersection(word for each in run.commands for word in _run_by(each.argv))
    for written in sorted(started):
        for path in _meant(written, scripts):
            if _installs(repo, path):
                return path
    return None


def calls_pip_by_files(stage: Stage, repo: Repo) -> bool:
    """Return whether a stage runs a script of the repository that calls pip; a Makefile counts in images of Python."""
    found = filter(None, (installing_file(step, repo) for step in stage.steps))
    has_python = stage.image is not None and stage.image.is_official_python
    return any(has_python or basename(path) != "Makefile" for path in found)


@lru_cache(maxsize=8)
def _scripts(files: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the files that may be a script or a Makefile, by the name without folders."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(files):
        if splitext(path)[1] in _ENDINGS:
            found[basename(path)] = (*found.get(basename(path), ()), path)
    return found


def _run_by(words: tuple[str | None, ...]) -> Iterator[str]:
    """Yield what a command may run: itself if it is a path, `make`, the first arguments of a shell."""
    first, *rest = [word or "" for word in words] or [""]
    if "/" in first or first == "make" or first.endswith(".sh"):
        yield first
    elif first in _SHELLS:
        yield from [word for word in rest if not word.startswith("-")][:1]


def _meant(written: str, scripts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the files that a path of the image may mean: those that end like it, else all of its name."""
    if written == "make":
        return tuple(path for path in scripts.get("Makefile", ()) if "/" not in path)
    alike = scripts.get(basename(written), ())
    tail = normpath(written).lstrip("./")
    return tuple(path for path in alike if f"/{path}".endswith(f"/{tail}")) or alike


def _installs(repo: Repo, path: str) -> bool:
    return _PIP_INSTALLS.search(repo.readable(path)) is not None
