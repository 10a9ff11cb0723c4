"""The sources of COPY that bring nothing which the image needs any more."""

from posixpath import basename, join, normpath

from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.commands import PLAIN_PROGRAMS
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.sources import matching, places, source_of
from migrate.dockerfile.facts.stages import Stage
from migrate.dockerfile.syntax.words import Field
from migrate.once import once

CACHES_OF_PIP = ("/root/.cache/pip", "/root/.cache")


@once
def needless_copies(facts: Facts) -> dict[int, tuple[Field, ...]]:
    """Return the sources of COPY that only bring requirements files which are converted, or what pip has cached."""
    copies: dict[int, tuple[Field, ...]] = {}
    for index, step in facts.stage.copies:
        only = _only_converted if step.from_context else _is_needless_elsewhere
        gone = tuple(source for source in step.sources if only(facts, index, source))
        if gone:
            copies[index] = gone
    return copies


def _only_converted(facts: Facts, index: int, source: Field) -> bool:
    step = facts.stage.steps[index]
    pattern = step.by_default(source.text)
    names, _ = matching(pattern, facts.target.repo.files) if pattern else (frozenset[str](), False)
    return bool(names) and names <= facts.target.gone


def _is_needless_elsewhere(facts: Facts, index: int, source: Field) -> bool:
    """Whether a source of COPY --from is a converted requirements file that the other stage has copied, or a cache."""
    step = facts.stage.steps[index]
    path = step.expand(source.text)
    if step.from_stage is None or path is None or index in facts.exchange.taken:
        return False
    origin, files = step.from_stage[0], facts.target.repo.files
    there = places(origin, len(origin.steps), files)
    at = normpath(join("/", path))
    return source_of(at, there, files) in facts.target.gone or _is_cache_of_pip(origin, at)


def _is_cache_of_pip(origin: Stage, path: str) -> bool:
    """Whether a path of another stage surely holds nothing but what pip has cached."""
    return path in CACHES_OF_PIP and all(map(_caches_by_pip_alone, (origin, *origin.ancestors)))


def _caches_by_pip_alone(stage: Stage) -> bool:
    """Whether all that a stage runs is pip and programs of the system, and nothing names a cache."""
    if any(".cache" in step.instruction.arguments for step in stage.steps):
        return False
    for _, run in runs.of(stage):
        others = (each.argv for n, each in enumerate(run.commands) if n not in run.pip) if run else ()
        if run is None or not all(basename(argv[0] or "?") in PLAIN_PROGRAMS for argv in others if argv):
            return False
    return True
