"""The values that the Dockerfile reader gives: instructions with exact spans of the file's text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

DROPPED = "\0"  # stands in masked text for every character that Docker drops; no Dockerfile contains it
SPACES = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
BLANKS = "\t\v\f\r "  # what separates an instruction's words; SPACES are what Docker trims from the ends of a line


class DockerfileError(ValueError):
    """Docker rejects this Dockerfile; `line` counts from 1, `message` says why in a few words."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Flag:
    """`--name=value` or `--name` (value None) before an instruction's arguments, quotes and escapes removed."""

    name: str
    value: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A here-document: its delimiter and the span of its body, which ends where the delimiter's line begins.

    `expand` tells whether variables in it are replaced (no part of the delimiter is quoted), `strip_tabs` whether
    leading tabs are dropped (`<<-`).
    """

    name: str
    start: int
    end: int
    expand: bool
    strip_tabs: bool


class Instruction(NamedTuple):
    r"""One instruction; all offsets are code points of the file's text, `line` is its first line, from 1.

    `keyword` is in upper case and not necessarily one that Docker knows. `start`..`end` runs from the keyword to the
    last line's end without its line ending, bodies of heredocs and their delimiters included.
    `arguments_start`..`arguments_end` is what follows keyword and flags, blanks trimmed, without bodies of heredocs;
    `arguments` is the same as Docker reads it: one line, continuations joined, comments gone.
    `masked` is the whole file's text in which everything that Docker drops inside of an instruction's lines (escape
    character, blanks and line ending of a continuation; comment and blank lines within one) is NUL.
    """

    keyword: str
    start: int
    end: int
    line: int
    flags: tuple[Flag, ...]
    arguments_start: int
    arguments_end: int
    arguments: str
    heredocs: tuple[Heredoc, ...]
    escape: str
    masked: str

    @property
    def text(self) -> str:
        """All of it as Docker reads it, heredocs included: continuations joined, comments gone."""
        return self.masked[self.start : self.end].replace(DROPPED, "")

    @property
    def masked_arguments(self) -> str:
        """The arguments with NUL for what Docker drops: the character `i` stands at `arguments_start + i`."""
        return self.masked[self.arguments_start : self.arguments_end]

    def flag(self, name: str) -> Flag | None:
        """Return the last flag of that name, or None."""
        return next((flag for flag in reversed(self.flags) if flag.name == name), None)


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """A Dockerfile's text, read; comments and blank lines are what lies between the spans of its instructions.

    `directives` are the parser directives at its top (`syntax`, `escape`, `check`), names in lower case.
    """

    text: str
    masked: str = field(repr=False)
    escape: str
    directives: Mapping[str, str]
    instructions: tuple[Instruction, ...]
