"""A RUN by itself: its text, from which commands have gone, and where those that stay are in it."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from migrate.dockerfile.facts.runs import Run, commands_of
from migrate.dockerfile.shell.chains import without
from migrate.dockerfile.shell.model import Command
from migrate.dockerfile.syntax.instruction import Dockerfile, Instruction
from migrate.dockerfile.syntax.parse import parse
from migrate.text import Edit, splice


@dataclass(frozen=True, slots=True)
class Alone:
    """The `text` of a RUN, an instruction of a Dockerfile which may have nothing else, and its commands by number.

    The numbers stay as commands go. Offsets are those of the Dockerfile.
    """

    dockerfile: Dockerfile
    instruction: Instruction
    text: str
    commands: Mapping[int, Command]

    @classmethod
    def of(cls, dockerfile: Dockerfile, run: Run) -> "Alone":
        """Return a RUN as it stands in a file."""
        instruction = run.step.instruction
        text = dockerfile.text[instruction.start : instruction.end]
        return cls(dockerfile, instruction, text, dict(enumerate(run.commands)))

    def without(self, doomed: AbstractSet[int]) -> "Alone | None":
        """Return the same without some commands; None if they cannot be taken out so that just the others stay."""
        if not doomed:
            return self
        edits = without(self.dockerfile, tuple(self.commands.values()), doomed)
        staying = {number: command for number, command in self.commands.items() if number not in doomed}
        return None if edits is None else replace(self, commands=staying).again(self.with_edits(edits))

    def again(self, text: str) -> "Alone | None":
        """Return what a new text of it has in it; None if that is not the same number of commands."""
        dockerfile = parse(f"# escape={self.dockerfile.escape}\nFROM scratch\n{text}")
        instruction = dockerfile.instructions[1]
        commands = commands_of(instruction)
        if commands is None or len(commands) != len(self.commands):
            return None
        return Alone(dockerfile, instruction, text, dict(zip(self.commands, commands, strict=True)))

    def with_edits(self, edits: Iterable[Edit]) -> str:
        """Return its text with edits."""
        start = self.instruction.start
        return splice(self.text, [Edit(each.start - start, each.end - start, each.text) for each in edits])
