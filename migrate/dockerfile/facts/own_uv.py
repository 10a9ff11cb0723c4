"""The uv that a Dockerfile brings itself to call `uv pip`: not needed in the image, as the builder has its own."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from posixpath import basename, join

from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.facts.stages import Stage, Step, stage_called
from migrate.dockerfile.shell.model import Command
from migrate.dockerfile.syntax.instruction import Flag
from migrate.dockerfile.syntax.words import Field

PROGRAMS = frozenset({"uv", "uvx"})
_CALL = re.compile(r"\buv\s+(?:-\S+\s+)*pip\b")
_IMAGE = re.compile(r"(?:ghcr\.io/astral-sh|(?:docker\.io/)?astral)/uv(?:[:@].*)?")
_SCRIPT = re.compile(r"https://astral\.sh/uv/(?:\d[\w.]*/)?install\.sh")
_PACKAGE = re.compile(r"uv(?![\w.-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnUv:
    """What brings uv into a stage: the steps that copy it with their sources, and the commands that run its installer.

    `names` are those of the programs and of the installer.
    `is_used`: a stage of the file calls `uv pip`; without that nothing is known of what uv is for.
    """

    is_used: bool
    copies: Mapping[int, tuple[Field, ...]]
    installer: frozenset[tuple[int, int]]
    names: frozenset[str] = PROGRAMS

    @classmethod
    def of(cls, stage: Stage, stages: Sequence[Stage], runs: Mapping[int, Run]) -> "OwnUv":
        """Return what brings uv into one of the stages, whose understood RUN instructions are given."""
        if not any(_calls(each) for each in stages or (stage,)):
            return cls(is_used=False, copies={}, installer=frozenset())
        copies = {index: step.sources for index, step in stage.copies if is_copied(step) or _added(step)}
        scripts = frozenset(filter(None, (_added(step) for _, step in stage.copies)))
        names = PROGRAMS | set(map(basename, scripts))
        return cls(is_used=True, copies=copies, installer=frozenset(_installers(runs, scripts)), names=names)

    def is_meant(self, package: str) -> bool:
        """Whether an argument of pip is this uv, in any version."""
        return self.is_used and _PACKAGE.match(package) is not None

    def is_named(self, words: Iterable[str]) -> bool:
        """Whether one of the words of a shell text names this uv, as to move it, or its installer."""
        plain = (word.strip("\"'") for word in words if self.is_used)
        return any(basename(word) in self.names or "astral.sh/uv" in word for word in plain)

    def mounts(self, step: Step) -> frozenset[tuple[int, int]]:
        """Return the spans of the flags by which a RUN has this uv."""
        named = origins(step) if self.is_used and step.instruction.keyword == "RUN" else ()
        return frozenset((flag.start, flag.end) for flag, origin in named if _is_image(origin, step))

    def may_come_by(self, step: Step) -> bool:
        """Whether a COPY or ADD may bring this uv, or its installer, otherwise than from its own image alone."""
        named = (basename(each.text) in PROGRAMS or "astral.sh/uv" in each.text for each in step.sources)
        return self.is_used and any(named) and not (is_copied(step) or _added(step))


def _calls(stage: Stage) -> bool:
    runs = (step.instruction for step in stage.steps if step.instruction.keyword == "RUN")
    return any("uv" in run.masked[run.start : run.end] and _CALL.search(run.text) for run in runs)


def is_copied(step: Step) -> bool:
    """Whether a step copies uv from its image, and nothing else."""
    flag = step.instruction.flag("from") if step.instruction.keyword == "COPY" else None
    programs = {basename(source.text) for source in step.sources}
    return bool(programs) and programs <= PROGRAMS and _is_image((flag and flag.value) or "", step)


def _is_image(reference: str, step: Step) -> bool:
    """Whether a reference in a step means the image of uv, or a stage that only is that image."""
    stage = stage_called(reference, step.earlier)
    return is_uv_alone(stage) if stage else _IMAGE.fullmatch(reference) is not None


def is_uv_alone(stage: Stage) -> bool:
    """Whether a stage is the image of uv, and nothing else."""
    return not (stage.base or stage.steps) and _IMAGE.fullmatch(str(stage.image)) is not None


def origins(step: Step) -> Iterator[tuple[Flag, str]]:
    """Yield the flags of a step that name a stage or an image to take files from, each with that name."""
    for flag in step.instruction.flags:
        told = dict(part.partition("=")[::2] for part in (flag.value or "").split(","))
        origin = flag.value if flag.name == "from" else told.get("from") if flag.name == "mount" else None
        if origin:
            yield flag, origin


def _added(step: Step) -> str | None:
    """Return the absolute path at which ADD puts the installer of uv, and nothing else; None for another step."""
    if step.instruction.keyword != "ADD" or step.copied is None:
        return None
    if len(step.sources) != 1 or not _SCRIPT.fullmatch(step.by_default(step.sources[0].text) or ""):
        return None
    place = step.path(step.copied.destination.text)
    return join(place, "install.sh") if place and step.copied.destination.text.endswith("/") else place


def _installers(runs: Mapping[int, Run], scripts: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the commands that run the installer of uv, `curl … | sh`, or one of the `scripts` that it was added as."""
    for index, run in runs.items():
        for number, command in enumerate(run.commands if scripts else ()):
            if any(_is_about(command, run.step.path, path) for path in scripts):
                yield index, number
        for number, (one, other) in enumerate(pairwise(run.commands)):
            if _downloads(one) and other.operator_before == "|" and other.argv in {("sh",), ("bash",)}:
                yield from ((index, number), (index, number + 1))


def _is_about(command: Command, path_of: Callable[[str], str | None], script: str) -> bool:
    """Whether a command runs a script, makes it executable or removes it, and does nothing else."""
    match command.argv:
        case (str(path),) | ("sh" | "bash" | "chmod" | "rm", *_, str(path)):
            switches = [word for word in command.argv[1:-1] if word != "+x" and not (word and word.startswith("-"))]
            is_plain = not (switches or command.redirects or command.depth)
            return is_plain and command.is_in_sequence and path_of(path) == script
    return False


def _downloads(command: Command) -> bool:
    addresses = [word for word in command.argv[1:] if word is None or "/" in word]
    is_one = command.argv[:1] in {("curl",), ("wget",)} and len(addresses) == 1
    return is_one and _SCRIPT.fullmatch(addresses[0] or "") is not None
