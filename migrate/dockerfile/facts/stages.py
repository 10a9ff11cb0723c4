"""The stages of a Dockerfile, and what holds at each of their instructions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from types import MappingProxyType

from migrate.dockerfile.facts.images import Image
from migrate.dockerfile.syntax.instruction import Dockerfile, Instruction
from migrate.dockerfile.syntax.words import Pair, declarations, expand, pairs

UNKNOWN = "\0"  # in a path: what follows depends on what the build is given
_FROM = re.compile(r"(?P<image>\S+)(?:\s+as\s+(?P<name>\S+))?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """An instruction of a stage, and what holds before it runs.

    `workdir` is absolute, and holds UNKNOWN when it depends on what the build is given; `user` is the text of the last
    USER. `variables` are those whose value is certain: ENV with literal values. `arguments` are those that the build
    chooses, with their default value if they have one.
    """

    instruction: Instruction
    workdir: str
    user: str | None
    variables: Mapping[str, str]
    arguments: Mapping[str, str | None]

    def path(self, written: str) -> str | None:
        """Return a path of the image as an absolute one, or None if that is not certain."""
        value = expand(written, self.variables, self.instruction.escape)
        return None if value is None else normpath(join(self.workdir, value))

    def with_arguments(self, written: str) -> str | None:
        """Return a text with its variables replaced, what the build chooses by `${NAME}`; None if one is unknown."""
        chosen = {name: f"${{{name}}}" for name in self.arguments}
        return expand(written, chosen | dict(self.variables), self.instruction.escape)


@dataclass(frozen=True, slots=True)
class Stage:
    """`FROM` and the instructions up to the next one. `image` is None if the reference depends on an unknown value."""

    start: Instruction
    image: Image | None
    name: str | None
    steps: tuple[Step, ...]


def stages(dockerfile: Dockerfile) -> tuple[Stage, ...]:
    """Return the stages of a Dockerfile in order; ARG before the first FROM counts with its default value.

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
            defaults |= _certain(declarations(instruction), defaults, instruction.escape)
    return tuple(_stage(start, rest, defaults) for start, *rest in groups[1:])


def _stage(start: Instruction, rest: list[Instruction], defaults: Mapping[str, str]) -> Stage:
    match = _FROM.fullmatch(start.arguments)
    reference = expand(match["image"], defaults, start.escape) if match else None
    return Stage(
        start,
        Image.parse(reference) if reference else None,
        match["name"] if match else None,
        tuple(_steps(rest, defaults)),
    )


def _steps(instructions: list[Instruction], defaults: Mapping[str, str]) -> Iterator[Step]:
    workdir = "/"
    user: str | None = None
    variables: Mapping[str, str] = MappingProxyType({})
    arguments: Mapping[str, str | None] = MappingProxyType({})
    for instruction in instructions:
        step = Step(instruction, workdir, user, variables, arguments)
        yield step
        if instruction.keyword == "WORKDIR":
            workdir = step.path(instruction.arguments) or f"/{UNKNOWN}{instruction.arguments}"
        elif instruction.keyword == "USER":
            user = instruction.arguments
        elif instruction.keyword in {"ENV", "ARG"}:
            is_fixed = instruction.keyword == "ENV"  # a build can give ARG another value
            assigned = pairs(instruction) if is_fixed else declarations(instruction)
            names = {pair.name for pair in assigned}
            others = {name: value for name, value in variables.items() if name not in names}
            new = _certain(assigned, variables, instruction.escape) if is_fixed else {}
            variables = MappingProxyType(others | new)
            arguments = MappingProxyType(_arguments(step, assigned, defaults))


def _arguments(step: Step, assigned: Iterable[Pair], defaults: Mapping[str, str]) -> dict[str, str | None]:
    """Return what the build chooses behind an ENV or ARG; `ENV X=$X` hands on what ARG has declared."""
    arguments = dict(step.arguments)
    for pair in assigned:
        if step.instruction.keyword == "ARG":
            default = defaults.get(pair.name) if pair.value is None else step.with_arguments(pair.value)
            arguments[pair.name] = default
        elif step.with_arguments(pair.value or "") != f"${{{pair.name}}}":
            arguments.pop(pair.name, None)
    return arguments


def _certain(assigned: Iterable[Pair], variables: Mapping[str, str], escape: str) -> dict[str, str]:
    """Return the values that are certain; all of them see the variables of before the instruction."""
    values = {pair.name: expand(pair.value, variables, escape) for pair in assigned if pair.value is not None}
    return {name: value for name, value in values.items() if value is not None}
