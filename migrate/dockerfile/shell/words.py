"""Words of the shell: quotes, escapes and expansions, where POSIX sh and bash read them alike."""

import re
from typing import NamedTuple

from migrate.dockerfile.shell.model import ShellError, Word
from migrate.dockerfile.syntax.instruction import DROPPED

JOIN = r"\0*+(?:\\\n\0*+)*+"  # what may stand between the characters of a token: dropped by Docker, or by the shell
_METACHARACTERS = frozenset(" \t\n;&|<>()")
_DEEPEST = 30  # substitutions and compound commands inside of one another

_SIMPLE_WORD = re.compile(r"[A-Za-z0-9_./:@%+,^=-]+(?=[ \t\n;&|<>()]|\Z)")
_PLAIN = re.compile(r"[^ \t\n'\"\\$`;&|<>()]+")
_PLAIN_IN_QUOTES = re.compile(r"[^\"\\$`]+")
_PLAIN_IN_BRACES = re.compile(r"[^'\"\\$`}]+")
_PLAIN_IN_ARITHMETIC = re.compile(r"[^'\"\\$`()]+")
_SINGLE = re.compile(r"'[^']*'")
_ANSI = re.compile(r"'(?:[^'\\]|\\[^'])*'")
_ESCAPE = re.compile(r"\\\0*([^\0])")
_BACKTICKS = re.compile(r"`(?:[^`\\]|\\[^\0])*`")
_DOLLAR = re.compile(
    rf"\${JOIN}(?:(?P<arithmetic>\({JOIN}\()|(?P<command>\()|(?P<braces>\{{)|(?P<quote>['\"])|(?P<bracket>\[)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]))"
)
_PARAMETER = re.compile(rf"(?:{JOIN}[A-Za-z0-9_@*#?$!-])+{JOIN}(?=[}}:=+?#%/^,@\[-])")
_CLOSING = re.compile(rf"{JOIN}\)")
_TILDE = re.compile("(?:^|[:=])~")


class _Piece(NamedTuple):
    """A part of a word up to the offset `end`: `text` as written, `value` without quotes (None: an expansion)."""

    end: int
    text: str
    value: str | None
    quoted: bool


class Words:
    """Reads words of a text up to the offset `end`."""

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self._levels = 0

    def substitution(self, start: int) -> int:
        """Return the offset behind the `)` of commands that begin at an offset, behind `$(`."""
        raise NotImplementedError

    def read(self, start: int) -> Word | None:
        """Return the word at an offset where no blank is, or None if an operator or the end is there.

        Raises ShellError for a quote or a substitution that does not end, and where POSIX sh and bash differ.
        """
        if simple := _SIMPLE_WORD.match(self.text, start, self.end):
            text = simple.group()
            return Word(start, simple.end(), text, text, text)
        pieces: list[_Piece] = []
        position = end = start
        while position < self.end and self.text[position] not in _METACHARACTERS:
            piece = self._piece(position)
            if piece.text:
                end = position + len(self.text[position : piece.end].rstrip(DROPPED))
                pieces.append(piece)
            position = piece.end
        return _word(start, end, pieces) if pieces else None

    def enter(self, offset: int) -> None:
        """Count one more level; `leave` ends it. Raises ShellError if there are too many around each other."""
        self._levels += 1
        if self._levels > _DEEPEST:
            raise ShellError(offset, "nested too deeply")

    def leave(self) -> None:
        """End the level that `enter` began."""
        self._levels -= 1

    def _piece(self, start: int) -> _Piece:
        if plain := _PLAIN.match(self.text, start, self.end):
            return self._literal(plain.end(), plain.group(), plain.group(), quoted=False)
        character = self.text[start]
        if character == "'":
            end = self._must(_SINGLE, start, "a single quote that does not end")
            return self._literal(end, self.text[start:end], self.text[start + 1 : end - 1], quoted=True)
        if character == '"':
            return self._double(start)
        if character == "\\":
            escape = _ESCAPE.match(self.text, start, self.end)
            if escape is None:
                raise ShellError(start, "a backslash at the end")
            text = "" if escape[1] == "\n" else escape.group()
            return self._literal(escape.end(), text, text[-1:], quoted=True)
        if character == "`":
            return self._expansion(start, self._must(_BACKTICKS, start, "a backtick that does not end"))
        end = self._dollar(start, quoted=False)
        return self._literal(end, "$", "$", quoted=False) if end == start + 1 else self._expansion(start, end)

    def _literal(self, end: int, text: str, value: str, *, quoted: bool) -> _Piece:
        return _Piece(end, text.replace(DROPPED, ""), value.replace(DROPPED, ""), quoted)

    def _expansion(self, start: int, end: int) -> _Piece:
        return _Piece(end, self.text[start:end].replace(DROPPED, ""), None, quoted=True)

    def _must(self, pattern: re.Pattern[str], start: int, otherwise: str) -> int:
        match = pattern.match(self.text, start, self.end)
        if match is None:
            raise ShellError(start, otherwise)
        return match.end()

    def _double(self, start: int) -> _Piece:
        text, value = ['"'], [""]
        expands = False
        position = start + 1
        while not self.text.startswith('"', position, self.end):
            end = self._quoted(position, start)
            part = self.text[position:end].replace(DROPPED, "")
            first = part[:1]
            if first == "\\" and part[-1] == "\n":
                part = ""
            expands = expands or first == "`" or (first == "$" and end > position + 1)
            text.append(part)
            value.append(part[1:] if first == "\\" and part[1:] in {"$", "`", '"', "\\"} else part)
            position = end
        joined = None if expands else "".join(value)
        return _Piece(position + 1, "".join((*text, '"')), joined, quoted=True)

    def _quoted(self, position: int, start: int) -> int:
        """Return where the piece at a position inside of the double quotes that began at `start` ends."""
        if plain := _PLAIN_IN_QUOTES.match(self.text, position, self.end):
            return plain.end()
        if self.text.startswith("$", position, self.end):
            return self._dollar(position, quoted=True)
        if self.text.startswith("`", position, self.end):
            return self._must(_BACKTICKS, position, "a backtick that does not end")
        return self._must(_ESCAPE, position, f"the double quote at offset {start} does not end")

    def _dollar(self, start: int, *, quoted: bool) -> int:
        """Return where the expansion at `$` ends; one character on, if it is none."""
        dollar = _DOLLAR.match(self.text, start, self.end)
        kind = dollar.lastgroup if dollar else None
        if dollar is None or (kind == "quote" and quoted):
            return start + 1
        if kind == "bracket":
            raise ShellError(start, "$[")
        if kind == "name":
            return dollar.end()
        self.enter(start)
        if kind == "quote":
            end = self._dollar_quote(dollar.end() - 1)
        elif kind == "command":
            end = self.substitution(dollar.end())
        elif kind == "arithmetic":
            end = self._arithmetic(dollar.end())
        else:
            end = self._braces(dollar.end(), quoted=quoted)
        self.leave()
        return end

    def _dollar_quote(self, start: int) -> int:
        if self.text[start] == '"':
            return self._double(start).end
        return self._must(_ANSI, start, "$' with an escaped quote")

    def _braces(self, start: int, *, quoted: bool) -> int:
        position = self._must(_PARAMETER, start, "a parameter expansion that is not understood")
        while not self.text.startswith("}", position, self.end):
            if plain := _PLAIN_IN_BRACES.match(self.text, position, self.end):
                position = plain.end()
            elif position >= self.end:
                raise ShellError(start, "${ does not end")
            elif self.text[position] == "$":
                position = self._dollar(position, quoted=quoted)
            elif quoted and self.text[position] in "'\"":
                raise ShellError(position, "quotes inside of ${} inside of quotes")
            else:
                position = self._piece(position).end
        return position + 1

    def _arithmetic(self, start: int) -> int:
        depth = 0
        position = start
        while depth or not self.text.startswith(")", position, self.end):
            if plain := _PLAIN_IN_ARITHMETIC.match(self.text, position, self.end):
                position = plain.end()
            elif self.text.startswith(("$", "`"), position, self.end):
                position = self._piece(position).end
            elif self.text.startswith(("(", ")"), position, self.end):
                depth += 1 if self.text[position] == "(" else -1
                position += 1
            else:
                raise ShellError(start, "$(( is not understood")
        return self._must(_CLOSING, position + 1, "$(( is not understood")


def _word(start: int, end: int, pieces: list[_Piece]) -> Word:
    text = "".join(piece.text for piece in pieces)
    if any(piece.value is None for piece in pieces):
        return Word(start, end, text, None, None)
    value = "".join(piece.value or "" for piece in pieces)
    shape = "".join("_" if piece.quoted else piece.value or "" for piece in pieces)
    if _TILDE.search(shape) or _has_braces(shape):
        return Word(start, end, text, None, None)
    return Word(start, end, text, None if _has_glob(shape) else value, value)


def _has_braces(shape: str) -> bool:
    _, _, inner = shape.partition("{")
    inner, _, _ = inner.rpartition("}")
    return "," in inner or ".." in inner


def _has_glob(shape: str) -> bool:
    _, _, behind = shape.partition("[")
    return "*" in shape or "?" in shape or "]" in behind
