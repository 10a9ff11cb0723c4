"""Where an instruction announces here-documents: `RUN <<EOF`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrate.dockerfile.syntax.instruction import SPACES
from migrate.dockerfile.syntax.lexer import LexError, Piece, pieces

_DELIMITER = re.compile(r"[0-9]*<<(-?)[\t\n\f\r ]*([^<]*)")


@dataclass(frozen=True, slots=True)
class Delimiter:
    """What `<<EOF` says: the line that ends the body, and how to read it."""

    name: str
    expand: bool
    strip_tabs: bool


def delimiters(line: str) -> tuple[Delimiter, ...]:
    r"""Return the heredocs that a logical line announces; none if Docker cannot read its quotes and variables.

    The escape character is `\` here even where the file sets another one.
    Raises LexError if a delimiter's own quotes cannot be read.
    """
    try:
        words = _words(pieces(line, "\\"))
    except LexError:
        return ()
    return tuple(_delimiters(words))


def _delimiters(words: Iterator[str]) -> Iterator[Delimiter]:
    for word in words:
        if match := _DELIMITER.fullmatch(word):
            dash, rest = match.groups()
            parts = pieces(rest, "\\")
            name = "".join(part.value for part in parts)
            quoted = any(part.raw[0] in "'\"" for part in parts)
            if name:
                yield Delimiter(name, expand=not quoted, strip_tabs=dash == "-")


def _words(parts: tuple[Piece, ...]) -> Iterator[str]:
    word = ""
    for part in parts:
        if part.solid:
            word += part.raw
            continue
        for character in part.raw:
            if character not in SPACES:
                word += character
            elif word:
                yield word
                word = ""
    if word:
        yield word
