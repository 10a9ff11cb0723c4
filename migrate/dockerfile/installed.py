"""Which requirements files the images install; this is known before anything is decided about them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from posixpath import join, normpath, relpath

from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.facts import PROJECT_FILES
from migrate.dockerfile.facts.pip import read_install
from migrate.dockerfile.facts.pip_options import UnclearPip
from migrate.dockerfile.facts.stages import Stage, Step
from migrate.dockerfile.found import Found
from migrate.dockerfile.wanted import copied, wanted
from migrate.repo import Repo


def installed(dockerfiles: Iterable[Found], repo: Repo) -> dict[str, tuple[str, ...]]:
    """Return the requirements files of a project that each of its Dockerfiles installs in any stage, by its path.

    A file that no COPY brings is looked for at the same path of the build context.
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


def packages_named(dockerfiles: Iterable[Found]) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield what pip is told by name: the Dockerfile, the line, and the packages, pip and its helpers left out."""
    for each in dockerfiles:
        for step in (step for stage in each.stages for step in stage.steps if step.instruction.keyword == "RUN"):
            run = runs.read(step)
            for arguments in run.pip.values() if run else ():
                with suppress(UnclearPip):
                    if (install := read_install(arguments or ())).packages:
                        yield each.path, step.instruction.line, install.packages


def _installs_itself(stage: Stage, files: frozenset[str]) -> bool:
    for index, step in enumerate(stage.steps):
        for folder in _folders(step):
            image = normpath(join(step.workdir, folder))
            if any(copied(stage, index, join(image, name), files) == name for name in PROJECT_FILES):
                return True
    return False


def _folders(step: Step) -> Iterator[str]:
    run = runs.read(step) if step.instruction.keyword == "RUN" else None
    for arguments in run.pip.values() if run else ():
        with suppress(UnclearPip):
            yield from (folder.path for folder in read_install(arguments or ()).folders)


def _installed(whole: Repo, dockerfile: Found) -> Iterator[str]:
    """Yield the files by their path in the whole repository, each from the likeliest context that has it."""
    contexts = dockerfile.contexts
    in_each = (wanted(dockerfile.stages, whole.below(context).files) for context in contexts)
    for found in zip(*in_each, strict=True):
        yield from islice((join(context, file) for context, file in zip(contexts, found, strict=True) if file), 1)
