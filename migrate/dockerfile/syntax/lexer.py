"""Docker's own words: quotes, escapes and variables as Docker reads them without a shell."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_NAME = re.compile(r"[0-9]+|[@*#?$!-]|\w*")
_PLAIN = {escape: re.compile(f"[^'\"$<}}/{re.escape(escape)}]+") for escape in ("\\", "`")}
_PLAIN_IN_QUOTES = {escape: re.compile(f'[^"${re.escape(escape)}]*') for escape in ("\\", "`")}
_HEREDOC_BLANKS = re.compile(r"[\t\r ]*")
_SECOND_SLASH = re.compile("/?")
_DEEPEST = 50  # levels of ${a:-${b:-…}}


class LexError(ValueError):
    """A quote or a `${` that does not end, or a substitution that Docker does not know."""


class Variable(NamedTuple):
    """`$name`, `${name}`, or with an `operator` and the pieces of a `word`: `${name:-word}`."""

    name: str
    operator: str = ""
    word: tuple["Piece", ...] = ()


class Piece(NamedTuple):
    """A part of a text: `raw` as written, and `value` after removal of quotes and escapes unless it is a `variable`.

    Blanks in a `solid` piece do not separate words.
    """

    raw: str
    value: str
    solid: bool = False
    variable: Variable | None = None


@lru_cache(maxsize=1024)  # the same few texts are expanded again and again
def pieces(text: str, escape: str) -> tuple[Piece, ...]:
    """Return the pieces of a text, in order and without gaps; `escape` is Docker's escape character.

    Raises LexError for what Docker does not accept.
    """
    return tuple(_Lexer(text, escape).pieces(""))


class _Lexer:
    def __init__(self, text: str, escape: str) -> None:
        self.text = text
        self.escape = escape
        self.position = 0
        self.depth = 0

    def pieces(self, stop: str) -> Iterator[Piece]:
        while True:
            if plain := self._match(_PLAIN[self.escape]):
                yield Piece(plain, plain)
            character = self._next()
            if character == stop:
                return
            if not character:
                raise LexError(f"no {stop} at the end of a substitution")
            yield from self._special(character)

    def _special(self, character: str) -> Iterator[Piece]:
        if character == "'":
            yield self._single()
        elif character == '"':
            yield from self._double()
        elif character == "$":
            yield self._dollar(quoted=False)
        elif character == self.escape:
            escaped = self._next()
            yield Piece(character + escaped, escaped, solid=True)
        elif character == "<" and self._peek() == "<":
            raw = character + self._next() + self._match(_HEREDOC_BLANKS)
            yield Piece(raw, raw, solid=True)
        else:
            yield Piece(character, character)

    def _peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def _next(self) -> str:
        character = self._peek()
        self.position += len(character)
        return character

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return match.group() if match else ""

    def _single(self) -> Piece:
        end = self.text.find("'", self.position)
        if end < 0:
            raise LexError("a single quote does not end")
        inner = self.text[self.position : end]
        self.position = end + 1
        return Piece(f"'{inner}'", inner, solid=True)

    def _double(self) -> Iterator[Piece]:
        yield Piece('"', "", solid=True)
        while (character := self._next()) != '"':
            if not character:
                raise LexError("a double quote does not end")
            if character == "$":
                yield self._dollar(quoted=True)
            elif character == self.escape and self._peek() in {'"', "$", self.escape}:
                escaped = self._next()
                yield Piece(character + escaped, escaped, solid=True)
            else:
                plain = character + self._match(_PLAIN_IN_QUOTES[self.escape])
                yield Piece(plain, plain, solid=True)
        yield Piece('"', "", solid=True)

    def _dollar(self, *, quoted: bool) -> Piece:
        start = self.position - 1
        if self._peek() == "{":
            self.position += 1
            variable = self._braces()
        else:
            variable = Variable(self._match(_NAME))
        raw = self.text[start : self.position]
        return Piece(raw, raw, quoted, variable if raw != "$" else None)

    def _braces(self) -> Variable:
        if self._peek() in {"{", "}", ":"}:
            raise LexError("bad substitution")
        name = self._match(_NAME)
        operator = self._next()
        if operator == "}":
            return Variable(name)
        if operator == ":":
            operator += self._next()
        if (operator not in {"+", "-", "?", "#", "%", "/"} and operator[:1] != ":") or operator in {":#", ":%"}:
            raise LexError("a substitution that Docker does not know")
        return Variable(name, operator, self._word(operator))

    def _word(self, operator: str) -> tuple[Piece, ...]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise LexError("substitutions are nested too deeply")
        pattern: tuple[Piece, ...] = ()
        if operator == "/":
            self._match(_SECOND_SLASH)
            pattern = tuple(self.pieces("/"))
        word = pattern + tuple(self.pieces("}"))
        self.depth -= 1
        return word
