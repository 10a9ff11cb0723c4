"""Which requirements files the images install; this is known before anything is decided about them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from posixpath import join, normpath, relpath

from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.facts import PROJECT_FILES
from migrate.dockerfile.facts.pip import read_install
from migrate.dockerfile.facts.pip_options import UnclearPip
from migrate.dockerfile.facts.runs import argv
from migrate.dockerfile.facts.sources import placed, source_of
from migrate.dockerfile.facts.stages import Stage, Step
from migrate.dockerfile.found import Found
from migrate.repo import Repo

_WITH_FILE = re.compile(r"(?:^|\s)(?:-r|--requirement)[=\s]*[\"']?([\w./-]+)")
_PIP = re.compile(r"\bpip[\d.]*\b")


def installed(dockerfiles: Iterable[Found], repo: Repo) -> dict[str, tuple[str, ...]]:
    """Return the requirements files of a project that each of its Dockerfiles installs in any stage, by its path.

    A file that no COPY names is looked for at the same path of the build context.
    """
    whole, folder = repo.whole
    images: dict[str, tuple[str, ...]] = {}
    for each in dockerfiles:
        inside = (relpath(file, folder or ".") for file in _installed(whole, each))
        if files := tuple(dict.fromkeys(file for file in inside if file in repo.files)):
            images[relpath(each.path, folder or ".")] = files
    return images


def installs_itself(dockerfiles: Iterable[Found], repo: Repo) -> bool:
    """Whether a Dockerfile installs the project at the root: `pip install .`, `pip install -e .[extra]`."""
    return any(_installs_itself(stage, repo.files) for each in dockerfiles for stage in each.stages)


def _installs_itself(stage: Stage, files: frozenset[str]) -> bool:
    for index, step in enumerate(stage.steps):
        for folder in _folders(step):
            image = normpath(join(step.workdir, folder))
            if any(_copied(stage, index, join(image, name), files) == name for name in PROJECT_FILES):
                return True
    return False


def _folders(step: Step) -> Iterator[str]:
    run = runs.read(step) if step.instruction.keyword == "RUN" else None
    for arguments in run.pip.values() if run else ():
        with suppress(UnclearPip):
            yield from (folder.path for folder in read_install(arguments or ()).folders)


def _installed(whole: Repo, dockerfile: Found) -> Iterator[str]:
    contexts = {context: whole.below(context).files for context in dockerfile.contexts}
    for stage in dockerfile.stages:
        for index, step in enumerate(stage.steps):
            for folder, written in _named(step):
                image = normpath(join(folder, written))
                copied = ((context, _copied(stage, index, image, files)) for context, files in contexts.items())
                same = ((context, normpath(written).lstrip("/")) for context in contexts)
                found = (join(context, file) for context, file in (*copied, *same) if file in contexts[context])
                yield from islice(found, 1)


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
