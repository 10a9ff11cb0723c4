"""Whether stages can share a virtual environment: their images, and what else travels with the packages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import basename

from migrate.dockerfile.decision.joining import joining_obstacles
from migrate.dockerfile.decision.place import anchor
from migrate.dockerfile.decision.premature import names_of_places, names_of_products, premature
from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.facts.bases import family, system_python
from migrate.dockerfile.facts.commands import PLAIN_PROGRAMS, is_plain
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.images import PYTHON, promised_python
from migrate.dockerfile.facts.installing_files import installing_file
from migrate.dockerfile.facts.stages import Stage
from migrate.findings import Finding, images
from migrate.findings import dockerfile as kinds
from migrate.python_version import OLDEST, Version

_SYSTEM_PROGRAM = re.compile(r"/usr/bin/([\w.+-]*\w)")
_OF_THE_SYSTEM = PLAIN_PROGRAMS | {"dumb-init", "env", "tini"}
_MIXED = frozenset({"/usr/local", "/usr/local/bin", "/usr/local/lib"})


def unfit(part: Part) -> Iterator[Finding]:
    """Yield why a stage, as it shares packages with others, cannot have the virtual environment."""
    facts, stage = part.facts, part.facts.stage
    image = stage.image
    if facts.exchange.everything:
        reason = "it copies everything of a stage that installs packages"
        yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(min(facts.exchange.everything)), reason=reason)
        return
    python = _python(stage)
    if isinstance(python, str):
        written = stage.start.arguments.split(" ")[0] or "(none)"
        yield kinds.OTHER_BASE.at(facts.path, stage.start.line, image=written, reason=python)
        return
    if python.version and python.version < OLDEST:
        yield images.PYTHON_TOO_OLD.at(facts.path, stage.start.line, version=python.version, oldest=OLDEST)
        return
    lock = facts.target.lock
    if part.has_it and lock and not lock.admits(str(python.version) if python.version else None):
        has = f"it has Python {python.version}" if python.version else "its tag names no version of Python"
        yield kinds.PYTHON_OUTSIDE_LOCK.at(facts.path, stage.start.line, has=has, wanted=lock.requires_python)
        return
    if part.role is Role.JOINS or (image and image.own):
        for index, reason in (*_by_files(facts), *joining_obstacles(part)):
            yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(index), reason=reason)
        return
    given = part.origin.facts.stage if part.role is Role.TAKES and part.origin else stage
    if _python(given) != python:
        yield kinds.STAGES_DIFFER.at(facts.path, stage.start.line, one=given.image, other=image)
    if not python.is_official:
        yield from _named_by_path(facts)
    yield from _unknown_copies(part) if part.has_it else ()
    for index, reason in _reasons(part):
        yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(index), reason=reason)


@dataclass(frozen=True, slots=True)
class _Python:
    """The Python of a stage: its version, if the tag tells it, where it lies, and whether it is linked to musl."""

    version: Version | None
    path: str
    is_musl: bool

    @property
    def is_official(self) -> bool:
        """Whether it is that of the official python image."""
        return self.path == PYTHON


def _python(stage: Stage) -> _Python | str:
    """Return the Python of a stage, or why it is none that a virtual environment surely finds."""
    image = stage.image
    if image and image.ended:
        return f"its tag names no version of Python, and no python image is made for {image.ended} any more"
    if image and image.is_official_python:
        return _Python(image.python, PYTHON, image.is_alpine)
    if image is None:
        return "it depends on what the build is given"
    if image.own:
        version, path = promised_python(image), f"{image.own.prefix}/bin/python3"
        return _Python(version, path, is_musl=False) if version else "its tag does not tell which Python it has"
    if reason := family(image):
        return reason
    found = system_python(stage)
    return found if isinstance(found, str) else _Python(found.version, found.path, image.is_alpine)


def _named_by_path(facts: Facts) -> Iterator[Finding]:
    """Yield the places that call the distribution's Python by its path, which sees no package any more."""
    started = ""
    for index, step in facts.starts:
        started += f" {step.instruction.arguments}"
        if name := next(_named(facts, step.instruction.arguments), None):
            yield kinds.BREAKS_AT_START.at(facts.path, facts.line(index), reason=f"it names {name}")
    for index, run in facts.understood:
        for command in run.commands:
            is_link = command.argv[:1] in {("ln",), ("update-alternatives",)}
            named = (name for word in command.words for name in _named(facts, word.text))
            if not is_link and (name := next(named, None)):
                yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(index), reason=f"it names {name}")
    for path in sorted(facts.target.repo.files) if "python" not in started else ():
        if basename(path) in started and _runs_under_systems(facts, path):
            yield kinds.BREAKS_AT_START.at(path, 1, reason="this script runs under /usr/bin/python")


def _named(facts: Facts, text: str) -> Iterator[str]:
    """Yield the programs of the distribution's Python that a text names by their path; pip of Alpine has them there."""
    image = facts.stage.image
    for match in _SYSTEM_PROGRAM.finditer(text):
        if match[1].startswith("python") or (image and image.is_alpine and match[1] not in _OF_THE_SYSTEM):
            yield match[0]


def _runs_under_systems(facts: Facts, path: str) -> bool:
    return facts.target.repo.readable(path).startswith("#!/usr/bin/python")


def _unknown_copies(part: Part) -> Iterator[Finding]:
    """Yield the copies from a stage by a path that nothing tells: they may take its packages along."""
    facts = part.facts
    for stage in facts.stages[facts.stage.index + 1 :]:
        for _, step in stage.copies:
            taken = step.from_stage
            if taken and taken[0] is facts.stage and None in [step.by_default(each.text) for each in taken[1].sources]:
                reason = "it copies a path that is not known from a stage that installs packages"
                yield kinds.STEP_UNCLEAR.at(facts.path, step.instruction.line, reason=reason)


def _reasons(part: Part) -> Iterator[tuple[int, str]]:
    facts = part.facts
    for index in sorted(facts.exchange.environments) if facts.dependency_steps else ():
        yield index, "the stage installs into an environment that it copied from another stage"
    yield from _by_files(facts)
    if part.role in {Role.MAKES, Role.SPLIT} and facts.dependency_steps:
        yield from premature(facts, anchor(part), in_place=part.role is Role.MAKES)
    if part.role is Role.MAKES and facts.dependency_steps:
        yield from _in_place(facts, anchor(part))
        yield from names_of_products(facts)
    if part.role is Role.TAKES:
        yield from names_of_places(facts)
        for index in sorted({step for (step, _), install in facts.installs.items() if install.packages}):
            yield index, "it installs packages beside those that it copies"
    if part.role is Role.TAKES and part.origin:
        yield from _mixed(facts, part.origin.facts)
        yield from _more(facts, {file for each in part.line[1:] for _, file in _files(each.facts)})


def _by_files(facts: Facts) -> Iterator[tuple[int, str]]:
    """Yield the steps that run a file of the repository which calls pip: a script, or a Makefile."""
    for index, step in enumerate(facts.stage.steps):
        if path := installing_file(step, facts.target.repo):
            yield index, f"it runs {path}, which calls pip"


def _in_place(facts: Facts, index: int) -> Iterator[tuple[int, str]]:
    """Yield why uv cannot install in the place of pip: as another user, or in the middle of a RUN that needs Python."""
    if not facts.stage.steps[index].is_root and not facts.environments.path:
        yield index, "it installs as another user than root, in the home of that user"
    run = facts.runs[index]
    last = max(run.pip, default=-1) if run else -1
    if run and any(each.argv and each.argv[0] not in PLAIN_PROGRAMS for each in run.commands[last + 1 :]):
        yield index, "a command behind pip in the same RUN may need the packages"


def _more(facts: Facts, made: set[str | None]) -> Iterator[tuple[int, str]]:
    """Yield the steps that install more than the other stage has made."""
    for (index, _), install in facts.installs.items():
        if install.folders:
            yield index, "it installs more than what it copies from another stage"
    for index, file in _files(facts):
        if file not in made:
            yield index, f"it installs {file}, and the other stage does not"


def _files(facts: Facts) -> Iterator[tuple[int, str | None]]:
    for (index, number), install in facts.installs.items():
        yield from ((index, facts.context_file(index, number, written)) for written in install.files)


def _mixed(facts: Facts, origin: Facts) -> Iterator[tuple[int, str]]:
    """Yield the copies of places that also hold what the other stage may have put there by other means."""
    for index in sorted(facts.exchange.taken):
        paths = {source.text.rstrip("/") for source in facts.stage.steps[index].sources}
        if paths & _MIXED and _puts_more(origin):
            yield index, "it copies a place that may hold more than packages"


def _puts_more(origin: Facts) -> bool:
    """Whether a stage may have put anything but packages below /usr/local."""
    others = (step.instruction for step in origin.stage.steps if step.instruction.keyword != "RUN")
    if any("/usr/local" in each.arguments for each in others):
        return True
    for run in origin.runs.values():
        for number, command in enumerate(run.commands if run else ()):
            named = any("/usr/local" in word.text for word in command.words)
            if number not in (run.pip if run else ()) and (named or not is_plain(command.argv)):
                return True
    return None in origin.runs.values()
