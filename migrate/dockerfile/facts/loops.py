"""Loops over words that stand there: `for f in base.txt dev.txt; do pip install -r $f; done` is two calls of pip."""

import re

from migrate.dockerfile.shell.model import Command, Word
from migrate.dockerfile.syntax.instruction import Instruction

# C is a command of the loop.
_LOOP = re.compile(
    r"for\s+(?P<name>\w+)\s+in\s+(?P<words>[\w./+-]+(?:\s+[\w./+-]+)*)\s*[;\n]\s*do\s+C(?:\s*(?:&&|;|\n)\s*C)*\s*[;\n]\s*done",
    re.ASCII,
)
_CERTAIN = re.compile(r"[\w./:+,=-]+", re.ASCII)


def unrolled(instruction: Instruction, commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """Return the commands of a RUN that is one loop over literal words, those of each round; else as they are.

    All rounds have the spans of the one that is written.
    """
    if not commands or not all(command.depth == 1 for command in commands) or instruction.heredocs:
        return commands
    text, position = "", instruction.arguments_start
    for command in commands:
        text += f"{instruction.masked[position : command.start]}C"
        position = command.end
    text += instruction.masked[position : instruction.arguments_end]
    match = _LOOP.fullmatch(text.replace("\0", " ").strip())
    if match is None:
        return commands
    return tuple(_with(command, match["name"], value) for value in match["words"].split() for command in commands)


def _with(command: Command, name: str, value: str) -> Command:
    """Return a command with the value of a variable in its words."""
    words = tuple(_word(word, name, value) for word in command.words)
    text = " ".join(word.text for word in words)
    return command._replace(read=words, argv=tuple(word.value for word in words), text=text, depth=0)


def _word(word: Word, name: str, value: str) -> Word:
    if word.value is not None or "$" not in word.text:
        return word
    unquoted = word.text[1:-1] if word.text.startswith('"') and word.text.endswith('"') else word.text
    text = re.sub(rf"\$(?:{name}(?!\w)|\{{{name}\}})", value, unquoted)
    return word._replace(text=text, value=text, unmatched=text) if _CERTAIN.fullmatch(text) else word
