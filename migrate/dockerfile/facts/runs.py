"""What the RUN instructions of a stage do, as far as they concern Python packages and the system's packages."""

from collections.abc import Mapping
from dataclasses import dataclass

from migrate.dockerfile.facts import apt, pip
from migrate.dockerfile.facts.stages import Step
from migrate.dockerfile.shell.parse import Command, ShellError, commands
from migrate.dockerfile.syntax.arrays import exec_form


@dataclass(frozen=True, slots=True)
class Run:
    """A RUN in shell form, understood: its simple commands, and those of pip and apt by their index."""

    step: Step
    commands: tuple[Command, ...]
    pip: Mapping[int, tuple[str, ...]]
    apt: Mapping[int, apt.Apt]


def argv(command: Command) -> tuple[str | None, ...]:
    """Return the words of a command; None for one that the shell computes."""
    return tuple(word.value for word in command.words)


def read(step: Step) -> Run | None:
    """Return what a RUN does, or None if its text is not understood: heredoc, exec form, or shell beyond the subset."""
    instruction = step.instruction
    if instruction.heredocs or exec_form(instruction.arguments) is not None:
        return None
    try:
        found = commands(instruction.masked, instruction.arguments_start, instruction.arguments_end)
    except ShellError:
        return None
    literal = {index: [word or "" for word in argv(command)] for index, command in enumerate(found)}
    calls = {index: pip.pip_arguments(words) for index, words in literal.items()}
    system = {index: apt.read(words) for index, words in literal.items()}
    return Run(
        step,
        found,
        {index: arguments for index, arguments in calls.items() if arguments is not None},
        {index: command for index, command in system.items() if command is not None},
    )
