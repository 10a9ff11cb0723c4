"""Which requirements files the images install; this is known before anything is decided about them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from posixpath import dirname, join, normpath

from migrate import surroundings
from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.facts import PROJECT_FILES
from migrate.dockerfile.facts.pip import read_install
from migrate.dockerfile.facts.pip_options import UnclearPip
from migrate.dockerfile.facts.runs import argv
from migrate.dockerfile.facts.sources import placed, source_of
from migrate.dockerfile.facts.stages import Stage, Step, stages
from migrate.dockerfile.syntax.instruction import DockerfileError
from migrate.dockerfile.syntax.parse import parse
from migrate.repo import Repo, UnreadableText

_WITH_FILE = re.compile(r"(?:^|\s)(?:-r|--requirement)[=\s]*[\"']?([\w./-]+)")
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_PIP = re.compile(r"\bpip[\d.]*\b")


def installed(repo: Repo, *, only_copied: bool = False) -> dict[str, tuple[str, ...]]:
    """Return the requirements files that each Dockerfile installs in any of its stages, by its path.

    A Dockerfile in a folder is built from there if the file lies there, else from the root. A file that no COPY names
    is looked for at the same path of the build context, unless `only_copied` ones count.
    """
    dockerfiles = surroundings.dockerfiles(repo)
    found = {path: tuple(dict.fromkeys(_installed(repo, path, only_copied=only_copied))) for path in dockerfiles}
    return {path: files for path, files in found.items() if files}


def installs_itself(repo: Repo) -> bool:
    """Whether a Dockerfile installs the project at the root: `pip install .`, `pip install -e .[extra]`."""
    return any(_installs_itself(repo, path) for path in surroundings.dockerfiles(repo))


def _installs_itself(repo: Repo, path: str) -> bool:
    for stage in _stages(repo, path):
        for index, step in enumerate(stage.steps):
            for folder in _folders(step):
                image = normpath(join(step.workdir, folder))
                if any(_copied(stage, index, join(image, name), repo.files) == name for name in PROJECT_FILES):
                    return True
    return False


def _folders(step: Step) -> Iterator[str]:
    run = runs.read(step) if step.instruction.keyword == "RUN" else None
    for arguments in run.pip.values() if run else ():
        with suppress(UnclearPip):
            yield from (folder.path for folder in read_install(arguments or ()).folders)


def _stages(repo: Repo, path: str) -> tuple[Stage, ...]:
    try:
        return stages(parse(repo.text(path)))
    except (DockerfileError, UnreadableText, ValueError):
        return ()


def _installed(repo: Repo, path: str, *, only_copied: bool) -> Iterator[str]:
    contexts = {folder: _below(repo, folder) for folder in dict.fromkeys((dirname(path), ""))}
    for stage in _stages(repo, path):
        for index, step in enumerate(stage.steps):
            for folder, written in _named(step):
                image = normpath(join(folder, written))
                copied = ((context, _copied(stage, index, image, files), files) for context, files in contexts.items())
                same = (
                    (context, normpath(written).lstrip("/"), files)
                    for context, files in contexts.items()
                    if not only_copied
                )
                names = (join(context, file) for context, file, files in (*copied, *same) if file in files)
                yield from islice(names, 1)


def _below(repo: Repo, folder: str) -> frozenset[str]:
    start = f"{folder}/" if folder else ""
    return frozenset(file.removeprefix(start) for file in repo.files if file.startswith(start))


def _copied(stage: Stage, end: int, path: str, files: frozenset[str]) -> str | None:
    copies = (place for step in stage.steps[:end] for place in placed(step, files))
    return source_of(path, copies, files)


def _named(step: Step) -> Iterator[tuple[str, str]]:
    """Yield the requirements files that a RUN gives to pip as they are written, each with the folder that it is in."""
    instruction = step.instruction
    text = instruction.masked[instruction.start : instruction.end].replace("\0", "")
    if instruction.keyword != "RUN" or not _PIP.search(text):
        return
    run = runs.read(step)
    folder = step.workdir
    if run is None or not run.pip or None in run.pip.values():
        yield from ((folder, match[1]) for match in _WITH_FILE.finditer(text))
        return
    for number, command in enumerate(run.commands):
        words = argv(command)
        if words[:1] == ("cd",) and len(words) > 1 and words[1]:
            folder = normpath(join(folder, words[1]))
        told = re.sub(
            r"\$\{(\w+)\}", lambda each: step.arguments.get(each[1]) or "$", " ".join(run.pip.get(number) or ())
        )
        for match in _WITH_FILE.finditer(told):
            yield folder, match[1]
