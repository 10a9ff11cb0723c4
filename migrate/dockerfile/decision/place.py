"""Where the virtual environment lives: at one path, the same in all stages that have it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join

from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.facts.commands import touches_recursively
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.images import PYTHON
from migrate.dockerfile.facts.sources import matching
from migrate.dockerfile.facts.stages import UNKNOWN
from migrate.dockerfile.syntax.arrays import exec_form
from migrate.once import once

OUTSIDE = "/opt/venv"


@dataclass(frozen=True, slots=True)
class Place:
    """The path of the environment, and why it is not `.venv` in the working directory; `is_own`: the stage made it."""

    path: str
    reason: str | None = None
    is_own: bool = False


def place_of(root: Part, parts: Sequence[Part], mounts: Mapping[str, str]) -> Place:
    """Return where the environment that `root` makes lives in all `parts` that have it.

    One that the stage made itself keeps its place, whatever the options say.
    """
    if own := _own(root):
        return Place(own, is_own=True)
    if chosen := root.facts.target.options.venv:
        return Place(chosen)
    having = [part for part in parts if part.root is root]
    folders = {part.facts.stage.index: workdir(part) for part in having if part.role is not Role.INHERITS}
    for part in having:
        if reason := _unfit(part.facts, folders.get(part.facts.stage.index, workdir(root)), mounts):
            return Place(OUTSIDE, reason)
    if len(set(folders.values())) > 1:
        return Place(OUTSIDE, "the stages have different working directories")
    folder = workdir(root)
    for part in having:
        for _, step in part.facts.stage.copies:
            sources = step.sources if step.from_stage else ()
            paths = [step.expand(source.text) or "" for source in sources]
            if _lies_in(folder, [join("/", path) for path in paths]):
                return Place(OUTSIDE, f"line {step.instruction.line} copies {folder} from another stage")
    return Place(join(folder, ".venv"))


def _own(root: Part) -> str | None:
    """Return the environment that a stage has already: one that it makes, or the prefix of the Python that uv joins."""
    if root.role is not Role.JOINS:
        return root.facts.environments.path
    image = root.facts.stage.image
    return image.own.prefix if image and image.own else dirname(dirname(PYTHON))


def workdir(part: Part) -> str:
    """Return the working directory where a part gets its packages."""
    return part.facts.stage.steps[anchor(part)].workdir if part.facts.stage.steps else "/"


@once
def anchor(part: Part) -> int:
    """Return the step at which a part gets its packages, or the first before it that copies a folder of code."""
    facts = part.facts
    first = min((*facts.dependency_steps[:1], *facts.exchange.taken, *facts.exchange.mounted), default=0)
    if part.role is not Role.SPLIT:
        return first
    for index, step in facts.stage.copies:
        for source in step.sources if step.from_context and index < first else ():
            pattern = step.expand(source.text)
            names, is_folder = matching(pattern, facts.target.repo.files) if pattern else (frozenset[str](), True)
            if is_folder and not names <= facts.target.gone:
                return index
    return first


def _unfit(facts: Facts, workdir: str, mounts: Mapping[str, str]) -> str | None:
    """Return why the working directory is no place for the virtual environment, or None if it is one."""
    if UNKNOWN in workdir:
        return "the working directory depends on the build"
    if workdir == "/":
        return "no WORKDIR is set before it"
    for index, step in enumerate(facts.stage.steps):
        if step.instruction.keyword == "VOLUME" and _lies_in(workdir, _volumes(step.instruction.arguments)):
            return f"the VOLUME in line {facts.line(index)} keeps {workdir}"
        run = facts.runs.get(index)
        for command in run.commands if run else ():
            paths = [step.path(word) if word else None for word in touches_recursively(command)]
            if any(path is None or _lies_in(workdir, [path]) for path in paths):
                return f"line {facts.line(index)} changes everything in {workdir} with {command.words[0].text}"
    for target, place in mounts.items():
        if _lies_in(join(workdir, ".venv"), [target]):
            return f"{place} mounts a volume over {target}"
    return None


def _volumes(arguments: str) -> tuple[str, ...]:
    return exec_form(arguments) or tuple(arguments.split())


def _lies_in(path: str, folders: Iterable[str]) -> bool:
    return any((path + "/").startswith(folder.rstrip("/") + "/") for folder in folders)
