"""The stages of a Dockerfile, and what holds at each of their instructions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import join, normpath
from types import MappingProxyType

from migrate.dockerfile.facts.images import Image
from migrate.dockerfile.syntax.arrays import NotStringsError
from migrate.dockerfile.syntax.instruction import Dockerfile, DockerfileError, Instruction
from migrate.dockerfile.syntax.words import Copy, Field, Pair, copy, declarations, expand, pairs

UNKNOWN = "\0"  # in a path: what follows depends on what the build is given
_PROXY = "gitlab.example/group/dependency_proxy/containers"
_PROXIED = re.compile(r"CI_DEPENDENCY_PROXY_(?:DIRECT_)?GROUP_IMAGE_PREFIX")
_COPYING = frozenset({"ADD", "COPY"})
_ROOT = frozenset({None, "root", "0", "0:0", "root:root"})
_FROM = re.compile(r"(?P<image>\S+)(?:\s+as\s+(?P<name>\S+))?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class State:
    """What holds at a place of a stage.

    `workdir` is absolute, and holds UNKNOWN when it depends on what the build is given; `user` is the text of the last
    USER. `variables` are those whose value is certain: ENV with literal values. `arguments` are those that the build
    chooses, with their default value if they have one.
    """

    workdir: str = "/"
    user: str | None = None
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    arguments: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_root(self) -> bool:
        """Whether what runs here runs as root."""
        return self.user in _ROOT


@dataclass(frozen=True, kw_only=True)
class Step(State):
    """An instruction of a stage, and what holds before it runs; `earlier` are the stages before its own."""

    instruction: Instruction
    earlier: "tuple[Stage, ...]" = field(default=(), repr=False, compare=False)

    @cached_property
    def assigned(self) -> tuple[Pair, ...]:
        """What ENV sets or ARG declares; nothing for another instruction."""
        if self.instruction.keyword == "ARG":
            return declarations(self.instruction)
        return pairs(self.instruction) if self.instruction.keyword == "ENV" else ()

    @cached_property
    def copied(self) -> Copy | None:
        """What COPY or ADD copies; None for another instruction, and for one that is not well formed."""
        if self.instruction.keyword not in _COPYING:
            return None
        try:
            return copy(self.instruction)
        except (DockerfileError, NotStringsError):
            return None

    @property
    def sources(self) -> tuple[Field, ...]:
        """The sources that COPY or ADD copies."""
        return self.copied.sources if self.copied else ()

    @property
    def from_context(self) -> Copy | None:
        """What COPY or ADD takes from the build context; None for another instruction, stage or a heredoc."""
        return None if self.instruction.flag("from") or self.instruction.heredocs else self.copied

    @property
    def from_stage(self) -> "tuple[Stage, Copy] | None":
        """The earlier stage that COPY takes from, and what; None for another instruction, the context or an image."""
        flag = self.instruction.flag("from") if self.instruction.keyword == "COPY" else None
        source = stage_called(flag.value, self.earlier) if flag and flag.value else None
        return (source, self.copied) if source and self.copied else None

    def expand(self, written: str) -> str | None:
        """Return a text with the values of its variables; None if one is not certain."""
        return expand(written, self.variables, self.instruction.escape)

    def path(self, written: str) -> str | None:
        """Return a path of the image as an absolute one, or None if that is not certain."""
        value = self.expand(written)
        return None if value is None else normpath(join(self.workdir, value))

    def by_default(self, written: str) -> str | None:
        """Return a text with the values that its variables have if the build chooses none; None if one has none."""
        defaults = {name: value for name, value in self.arguments.items() if value is not None}
        return self.expand(written) or expand(written, defaults | dict(self.variables), self.instruction.escape)

    def with_arguments(self, written: str) -> str | None:
        """Return a text with its variables replaced, what the build chooses by `${NAME}`; None if one is unknown."""
        chosen = {name: f"${{{name}}}" for name in self.arguments}
        return expand(written, chosen | dict(self.variables), self.instruction.escape)


@dataclass(frozen=True)
class Stage:
    """`FROM` and the instructions up to the next one; `index` counts stages from 0.

    `base` is the earlier stage that it is built upon. `image` is what the first of these stages starts from; None if
    the reference depends on an unknown value. `end` holds behind the last instruction.
    """

    index: int
    start: Instruction
    base: "Stage | None"
    image: Image | None
    name: str | None
    steps: tuple[Step, ...]
    end: State

    @property
    def reference(self) -> str:
        """What another stage calls it: its name, or its number."""
        return self.name or str(self.index)

    @cached_property
    def copies(self) -> tuple[tuple[int, Step], ...]:
        """The steps that copy, with their index."""
        steps = enumerate(self.steps)
        return tuple((i, step) for i, step in steps if step.instruction.keyword in _COPYING and step.copied)

    @property
    def ancestors(self) -> Iterator["Stage"]:
        """The stages that it is built upon, the nearest first."""
        stage = self.base
        while stage is not None:
            yield stage
            stage = stage.base


def stages(dockerfile: Dockerfile, given: Mapping[str, str] | None = None) -> tuple[Stage, ...]:
    """Return the stages of a Dockerfile in order.

    ARG before the first FROM counts with the value that it is `given` by all who build it, or else with its default;
    GitLab gives those of its dependency proxy themselves.
    Raises DockerfileError if an ENV or ARG is not well formed.
    """
    groups: list[list[Instruction]] = [[]]
    for instruction in dockerfile.instructions:
        if instruction.keyword == "FROM":
            groups.append([])
        groups[-1].append(instruction)
    defaults: dict[str, str] = {}
    for instruction in groups[0]:
        if instruction.keyword == "ARG":
            declared = declarations(instruction)
            defaults |= {pair.name: _PROXY for pair in declared if pair.value is None and _PROXIED.fullmatch(pair.name)}
            defaults |= _certain(declared, defaults, instruction.escape)
            defaults |= {pair.name: given[pair.name] for pair in declared if given and pair.name in given}
    found: list[Stage] = []
    for start, *rest in groups[1:]:
        found.append(_stage(found, start, rest, defaults))
    return tuple(found)


def stage_called(reference: str, found: Sequence[Stage]) -> Stage | None:
    """Return the stage that `--from=reference` means: by name, the last one first, or by number; None for an image."""
    for stage in reversed(found):
        if stage.name and stage.name.lower() == reference.lower():
            return stage
    number = int(reference) if re.fullmatch(r"\d{1,4}", reference, re.ASCII) else len(found)
    return found[number] if number < len(found) else None


def _stage(earlier: list[Stage], start: Instruction, rest: list[Instruction], defaults: Mapping[str, str]) -> Stage:
    match = _FROM.fullmatch(start.arguments)
    reference = expand(match["image"], defaults, start.escape) if match else None
    base = stage_called(reference, earlier) if reference and not reference.isdigit() else None
    image = base.image if base else Image.parse(reference) if reference else None
    state = base.end if base else _beginning(image)
    before = tuple(earlier)
    steps: list[Step] = []
    for instruction in rest:
        steps.append(
            Step(
                state.workdir,
                state.user,
                state.variables,
                state.arguments,
                instruction=instruction,
                earlier=before,
            )
        )
        state = _behind(steps[-1], state, defaults)
    return Stage(len(earlier), start, base, image, match["name"] if match else None, tuple(steps), state)


def _beginning(image: Image | None) -> State:
    """Return what holds at the beginning of a stage, as far as it is known of the image."""
    own = image.own if image else None
    return State(own.workdir, variables=own.variables) if own else State()


def _behind(step: Step, state: State, defaults: Mapping[str, str]) -> State:
    """Return what holds behind a step, before which a state holds."""
    keyword, written = step.instruction.keyword, step.instruction.arguments
    if keyword == "WORKDIR":
        return replace(state, workdir=step.path(written) or f"/{UNKNOWN}{written}")
    if keyword == "USER":
        return replace(state, user=written)
    if keyword not in {"ENV", "ARG"}:
        return state
    variables, arguments = dict(state.variables), dict(state.arguments)
    for pair in step.assigned:
        variables.pop(pair.name, None)
        if keyword == "ARG":  # a build can give it another value
            arguments[pair.name] = defaults.get(pair.name) if pair.value is None else step.with_arguments(pair.value)
            continue
        if (value := step.expand(pair.value or "")) is not None:
            variables[pair.name] = value
        if pair.name in arguments and step.with_arguments(pair.value or "") != f"${{{pair.name}}}":
            del arguments[pair.name]  # `ENV X=$X` hands on what ARG has declared
    return State(state.workdir, state.user, MappingProxyType(variables), MappingProxyType(arguments))


def _certain(assigned: Iterable[Pair], variables: Mapping[str, str], escape: str) -> dict[str, str]:
    """Return the values that are certain; all of them see the variables of before the instruction."""
    values = {pair.name: expand(pair.value, variables, escape) for pair in assigned if pair.value is not None}
    return {name: value for name, value in values.items() if value is not None}
