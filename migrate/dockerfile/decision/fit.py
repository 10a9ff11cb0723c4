"""Whether stages can share a virtual environment: their images, and what else travels with the packages."""

from collections.abc import Iterator

from migrate.dockerfile.decision.place import anchor
from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.facts.commands import PLAIN_PROGRAMS, is_plain
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import argv
from migrate.dockerfile.facts.sources import stage_copy
from migrate.findings import Finding, images
from migrate.findings import dockerfile as kinds
from migrate.python_version import Version

OLDEST = Version(3, 8)  # the oldest Python that uv installs packages for
_MIXED = frozenset({"/usr/local", "/usr/local/bin", "/usr/local/lib"})


def unfit(part: Part) -> Iterator[Finding]:
    """Yield why a stage, as it shares packages with others, cannot have the virtual environment."""
    facts, stage = part.facts, part.facts.stage
    image = stage.image
    if facts.exchange.everything:
        reason = "it copies everything of a stage that installs packages"
        yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(min(facts.exchange.everything)), reason=reason)
        return
    if image is None or not image.is_official_python:
        written = stage.start.arguments.split(" ")[0] or "(none)"
        yield kinds.OTHER_BASE.at(facts.path, stage.start.line, image=written)
        return
    if image.python and image.python < OLDEST:
        yield images.PYTHON_TOO_OLD.at(facts.path, stage.start.line, version=image.python, oldest=OLDEST)
        return
    given = part.origin.facts.stage.image if part.role is Role.TAKES and part.origin else image
    if given and (given.python, given.is_alpine) != (image.python, image.is_alpine):
        yield kinds.STAGES_DIFFER.at(facts.path, stage.start.line, one=given, other=image)
    for index, reason in _reasons(part):
        yield kinds.STEP_UNCLEAR.at(facts.path, facts.line(index), reason=reason)


def _reasons(part: Part) -> Iterator[tuple[int, str]]:
    facts = part.facts
    for index in sorted(facts.exchange.environments) if facts.dependency_steps else ():
        yield index, "the stage installs into an environment that it copied from another stage"
    if part.role is Role.MAKES and facts.dependency_steps:
        yield from _in_place(facts, anchor(part))
    if part.role is Role.TAKES:
        for index in sorted({step for (step, _), install in facts.installs.items() if install.packages}):
            yield index, "it installs packages beside those that it copies"
    if part.role is Role.TAKES and part.origin:
        yield from _mixed(facts, part.origin.facts)


def _in_place(facts: Facts, index: int) -> Iterator[tuple[int, str]]:
    """Yield why uv cannot install in the place of pip: as another user, or in the middle of a RUN that needs Python."""
    if facts.stage.steps[index].user not in {None, "root", "0", "0:0", "root:root"} and not facts.environments.path:
        yield index, "it installs as another user than root, in the home of that user"
    run = facts.runs[index]
    last = max(run.pip, default=-1) if run else -1
    if run and any(each.words and argv(each)[0] not in PLAIN_PROGRAMS for each in run.commands[last + 1 :]):
        yield index, "a command behind pip in the same RUN may need the packages"


def _mixed(facts: Facts, origin: Facts) -> Iterator[tuple[int, str]]:
    """Yield the copies of places that also hold what the other stage may have put there by other means."""
    for index in sorted(facts.exchange.taken):
        taken = stage_copy(facts.stage.steps[index], facts.stages)
        paths = {source.text.rstrip("/") for source in taken[1].sources} if taken else set()
        if paths & _MIXED and _puts_more(origin):
            yield index, "it copies a place that may hold more than packages"


def _puts_more(origin: Facts) -> bool:
    """Whether a stage may have put anything but packages below /usr/local."""
    if any("/usr/local" in step.instruction.arguments for _, step in origin.kept_steps):
        return True
    for run in origin.runs.values():
        for number, command in enumerate(run.commands if run else ()):
            named = any("/usr/local" in word.text for word in command.words)
            if number not in (run.pip if run else ()) and (named or not is_plain(argv(command))):
                return True
    return None in origin.runs.values()
