"""Dockerfile text to instructions with exact spans, by the grammar of BuildKit's Dockerfile frontend.

Nothing is ever printed back: whoever changes a Dockerfile replaces spans of its text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from migrate.dockerfile.syntax.arrays import NotStringsError, exec_form
from migrate.dockerfile.syntax.headers import FlagError, read_header
from migrate.dockerfile.syntax.heredocs import Delimiter, delimiters
from migrate.dockerfile.syntax.instruction import (
    DROPPED,
    SPACES,
    Dockerfile,
    DockerfileError,
    Flag,
    Heredoc,
    Instruction,
)
from migrate.dockerfile.syntax.lexer import LexError
from migrate.dockerfile.syntax.lines import Lines, is_dropped, logical_line, read_directives, split_lines
from migrate.dockerfile.syntax.words import check_pairs

__all__ = ["Dockerfile", "DockerfileError", "Flag", "Heredoc", "Instruction", "exec_form", "parse"]

_WITH_HEREDOCS = frozenset({"ADD", "COPY", "RUN"})
_WITH_ARRAYS = frozenset({"ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME"})
_WITH_PAIRS = frozenset({"ENV", "LABEL"})
_FIRST_WORD = re.compile(f"[^{SPACES}]*[{SPACES}]*")


class _Block(NamedTuple):
    """The lines of one instruction: the masked logical line, which begins at `start`, and heredocs."""

    line: int
    start: int
    end: int
    masked: str
    heredocs: tuple[Heredoc, ...]


def parse(text: str) -> Dockerfile:
    """Return the instructions of a Dockerfile's text, which may have a byte order mark and any line endings.

    Raises DockerfileError for a text that Docker's parser rejects: no instruction at all, a heredoc that does not end,
    wrong directives, ENV or LABEL without values, JSON arrays of something else than strings. Keywords are not checked.
    """
    lines = split_lines(text)
    directives = read_directives(lines)
    escape = directives.get("escape", "\\")
    blocks = tuple(_blocks(lines, escape))
    if not blocks:
        raise DockerfileError(1, "no instruction")
    masked = _mask(text, blocks)
    instructions = tuple(_instruction(block, masked, escape) for block in blocks)
    for instruction in instructions:
        _check(instruction)
    return Dockerfile(text, masked, escape, directives, instructions)


def _blocks(lines: Lines, escape: str) -> Iterator[_Block]:
    index = 0
    while index < len(lines.texts):
        if is_dropped(lines.texts[index]):
            index += 1
            continue
        first = index
        masked, index = logical_line(lines, first, escape)
        heredocs: list[Heredoc] = []
        for delimiter in _delimiters(masked, first + 1, escape) if "<" in masked else ():
            heredoc, index = _heredoc(delimiter, lines, index, first + 1)
            heredocs.append(heredoc)
        yield _Block(first + 1, lines.starts[first], lines.end(index - 1), masked, tuple(heredocs))


def _delimiters(masked: str, line: int, escape: str) -> tuple[Delimiter, ...]:
    instruction = _trigger(_instruction(_Block(line, 0, len(masked), masked, ()), masked, escape))
    try:
        if instruction.keyword not in _WITH_HEREDOCS or exec_form(instruction.arguments) is not None:
            return ()
        return delimiters(masked.replace(DROPPED, ""))
    except (LexError, NotStringsError) as error:
        raise DockerfileError(line, str(error)) from error


def _heredoc(delimiter: Delimiter, lines: Lines, first: int, line: int) -> tuple[Heredoc, int]:
    for index in range(first, len(lines.texts)):
        text = lines.texts[index]
        if (text.lstrip("\t") if delimiter.strip_tabs else text) == delimiter.name:
            span = lines.starts[first], lines.starts[index]
            return Heredoc(delimiter.name, *span, delimiter.expand, delimiter.strip_tabs), index + 1
    raise DockerfileError(line, f"the heredoc {delimiter.name} does not end")


def _mask(text: str, blocks: Iterable[_Block]) -> str:
    parts: list[str] = []
    position = 0
    for block in blocks:
        parts += (text[position : block.start], block.masked)
        position = block.start + len(block.masked)
    parts.append(text[position:])
    return "".join(parts)


def _instruction(block: _Block, masked: str, escape: str) -> Instruction:
    try:
        header = read_header(masked, block.start, block.start + len(block.masked), escape)
    except FlagError as error:
        raise DockerfileError(block.line, str(error)) from error
    if not header.keyword:
        raise DockerfileError(block.line, "no instruction on this line")
    return Instruction(
        header.keyword,
        block.start + len(block.masked) - len(block.masked.lstrip(SPACES)),
        block.end,
        block.line,
        header.flags,
        header.start,
        header.end,
        masked[header.start : header.end].replace(DROPPED, ""),
        block.heredocs,
        escape,
        masked,
    )


def _trigger(instruction: Instruction) -> Instruction:
    """Return what stands behind ONBUILD as an instruction of its own; any other instruction as it is."""
    if instruction.keyword != "ONBUILD" or not instruction.arguments:
        return instruction
    start, end = instruction.arguments_start, instruction.arguments_end
    block = _Block(instruction.line, start, instruction.end, instruction.masked[start:end], instruction.heredocs)
    return _instruction(block, instruction.masked, instruction.escape)


def _check(instruction: Instruction) -> None:
    triggered = _trigger(instruction)
    if triggered is not instruction and triggered.keyword == "ONBUILD":
        raise DockerfileError(instruction.line, "ONBUILD behind ONBUILD")
    instruction = triggered
    if instruction.keyword in _WITH_PAIRS:
        check_pairs(instruction)
    arguments = instruction.arguments if instruction.keyword in _WITH_ARRAYS else ""
    if instruction.keyword == "HEALTHCHECK":
        arguments = _FIRST_WORD.sub("", instruction.arguments, count=1)
    try:
        exec_form(arguments)
    except NotStringsError as error:
        raise DockerfileError(instruction.line, str(error)) from error
