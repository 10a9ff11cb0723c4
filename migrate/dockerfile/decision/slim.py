"""The slim variant of an image for the runtime, and what has to be installed on it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from migrate.dockerfile.decision.inline import inline_requirements
from migrate.dockerfile.decision.programs import called_by_files, called_in, imports
from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.decision.wheels import wheels
from migrate.dockerfile.facts import apt
from migrate.dockerfile.facts.facts import START, Facts
from migrate.dockerfile.facts.images import Image
from migrate.dockerfile.facts.slim import CALLING, LINKED, NEVER_WHEELS, PROGRAMS, libraries, slim_image
from migrate.findings import Finding, images

_VERSION = re.compile(r"3(?:\.\d+){0,2}")


@dataclass(frozen=True, slots=True)
class Slim:
    """What FROM is to say, and the packages of the system that the stage installs first."""

    reference: str
    packages: tuple[str, ...]
    findings: tuple[Finding, ...]


def slim(part: Part, doomed: Mapping[int, frozenset[int]]) -> Slim | Finding | None:
    """Return the slim runtime of a stage, or why it keeps its image; None if it is not asked for or not full.

    `doomed` are the commands of each RUN that go.
    """
    facts, stage = part.facts, part.facts.stage
    image = stage.image
    is_runtime = part.role in {Role.SPLIT, Role.TAKES} and stage.base is None
    if not facts.target.options.slim_runtime or not is_runtime or image is None or _is_small(image):
        return None
    small = slim_image(image)
    reference = _reference(stage.start.arguments.split()[0], image, small) if small else None
    if small is None or reference is None:
        return _unclear(facts, image, "which image is the slim one of the same release is not certain")
    if path := imports(facts.target.repo, "(?:tkinter|turtle|idlelib)"):
        return _unclear(facts, image, f"{path} imports tkinter, which the slim image lacks")
    unknown: list[str] = []
    found: dict[str, None] = dict.fromkeys(_programs(facts, doomed))
    for name, is_compiled in _python_packages(part):
        unknown += [name] if is_compiled and name not in LINKED else []
        needed = libraries(name, small, is_compiled=is_compiled)
        if needed is None:
            return _unclear(facts, image, f"the libraries of {name} have another name in each release")
        found |= dict.fromkeys(needed)
        found |= {CALLING[name]: None} if name in CALLING else {}
    packages = tuple(sorted(found.keys() - _installed(facts)))
    said = images.SLIM.at(facts.path, stage.start.line, image=reference, packages=", ".join(packages) or "none")
    doubts = [images.SLIM_UNKNOWN.at(facts.path, stage.start.line, packages=", ".join(unknown))] if unknown else []
    return Slim(reference, packages, (said, *doubts))


def _is_small(image: Image) -> bool:
    return image.is_alpine or "slim" in (image.tag or "")


def _unclear(facts: Facts, image: Image, reason: str) -> Finding:
    return images.SLIM_UNCLEAR.at(facts.path, facts.stage.start.line, image=image, reason=reason)


def _reference(written: str, image: Image, small: Image) -> str | None:
    """Return FROM's word for the slim image; a variable in it must be the version alone."""
    if "$" not in written:
        return str(small)
    before, _, release = written.rpartition("}")
    tag = image.tag or ""
    version = tag.removesuffix(release)
    if not before or not _VERSION.fullmatch(version) or written.count("$") != 1:
        return None
    return f"{before}}}-slim{release}" if str(small).endswith(f"{version}-slim{release}") else None


def _programs(facts: Facts, doomed: Mapping[int, frozenset[int]]) -> Iterator[str]:
    """Yield the packages of the programs that the stage's steps, its start and the repository's files call."""
    texts: list[str] = []
    for index, step in enumerate(facts.stage.steps):
        run = facts.runs.get(index)
        if step.instruction.keyword in START or (index in facts.runs and run is None):
            texts.append(re.sub(r"^HEALTHCHECK|\bCMD\b|\bNONE\b", "", step.instruction.arguments))
        for number, command in enumerate(run.commands if run else ()):
            if number not in doomed.get(index, frozenset()):
                texts.append(facts.dockerfile.masked[command.start : command.end].replace("\0", ""))
    for text in texts:
        yield from (PROGRAMS[program] for program in called_in(text, PROGRAMS))
    yield from (PROGRAMS[program] for program in called_by_files(facts.target.repo, frozenset(PROGRAMS)))


def _python_packages(part: Part) -> Iterator[tuple[str, bool]]:
    """Yield the packages that are installed, and whether they are compiled, by the lock if there is one."""
    if found := wheels(part):
        yield from ((name, name in found.built) for name in sorted(found.names))
        return
    target = part.facts.target
    required = (*target.requirements, *(one for each in part.line for one in inline_requirements(each.facts)))
    for name in sorted({one.package for one in required}):
        yield name, name in NEVER_WHEELS


def _installed(facts: Facts) -> frozenset[str]:
    """Return the packages that the stage installs itself, in its first RUN with apt."""
    installs = (command for _, run in facts.understood for command in run.apt.values() if command.action == "install")
    return frozenset(apt.name_of(package) for command in installs for package in command.packages)
