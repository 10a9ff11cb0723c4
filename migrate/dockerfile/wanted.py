"""Which requirements files pip is given in the stages of a Dockerfile, as a build context has them."""

import re
from collections.abc import Iterator, Sequence
from posixpath import join, normpath

from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.sources import placed, source_of
from migrate.dockerfile.facts.stages import Stage, Step

_WITH_FILE = re.compile(r"(?:^|\s)(?:-[IUqv]*r|--requirements?)[=\s]*[\"']?(?!\S*pyproject\.toml)([\w./-]+)")
_PIP = re.compile(r"\bpip[\d.]*\b")


def wanted(stages: Sequence[Stage], files: frozenset[str]) -> Iterator[str | None]:
    """Yield for each time that pip is given a requirements file which of the context's `files` it is; None if none.

    A file that no COPY brings is looked for at the same path of the context.
    """
    for stage in stages:
        for index, step in enumerate(stage.steps):
            for folder, written in _named(step):
                same = normpath(written).lstrip("/")
                found = copied(stage, index, normpath(join(folder, written)), files)
                yield found if found in files else same if same in files else None


def copied(stage: Stage, end: int, path: str, files: frozenset[str]) -> str | None:
    """Return which of the context's files a COPY before a step has put at an absolute path of the image."""
    copies = (place for index, step in stage.copies if index < end for place in placed(step, files))
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
        words = command.argv
        if words[:1] == ("cd",) and len(words) > 1 and words[1]:
            folder = normpath(join(folder, words[1]))
        told = runs.BRACED.sub(lambda each: step.arguments.get(each[1]) or "$", " ".join(run.pip.get(number) or ()))
        for match in _WITH_FILE.finditer(told):
            yield folder, match[1]
