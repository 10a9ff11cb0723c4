"""The arguments of single instructions, and Docker's replacement of variables in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from migrate.dockerfile.syntax.arrays import exec_form
from migrate.dockerfile.syntax.instruction import BLANKS, DROPPED, SPACES, DockerfileError, Instruction
from migrate.dockerfile.syntax.lexer import LexError, Piece, Variable, pieces

_FIELD = re.compile(f"[^{BLANKS}]+")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\\0*[^\0])*"')
_WITH_ARRAYS = frozenset({"ADD", "COPY", "VOLUME"})
_SMALLEST_COPY = 2  # a source and a destination
_PLAIN_PAIRS = re.compile(
    rf"""(?:[^{SPACES}{DROPPED}'"\\`=]++=(?:[^{SPACES}{DROPPED}'"\\`]++|"[^"\\`]*+")*+(?:[{BLANKS}{DROPPED}]++|\Z))++"""
)
_PLAIN = re.compile(r"[^$'\"`\\]*")  # nothing that is replaced, removed or escaped


class Field(NamedTuple):
    """One argument: its text without what Docker drops, and its span in the file (in JSON form with the quotes)."""

    text: str
    start: int
    end: int


class Pair(NamedTuple):
    """`name=value` of ENV, LABEL and ARG, quotes and variables as written; `value` is None for `ARG name`."""

    name: str
    value: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Copy:
    """What COPY or ADD copies, and where to; a source that starts with `<<` is a heredoc."""

    sources: tuple[Field, ...]
    destination: Field


def fields(instruction: Instruction) -> tuple[Field, ...]:
    """Return the arguments of FROM, EXPOSE, COPY and the like, separated by blanks; ADD, COPY, VOLUME also as JSON."""
    masked, offset = instruction.masked_arguments, instruction.arguments_start
    if instruction.keyword in _WITH_ARRAYS and exec_form(instruction.arguments) is not None:
        return strings(instruction)
    found = [_field(match.group(), offset + match.start()) for match in _FIELD.finditer(masked)]
    return tuple([each for each in found if each.text])


def strings(instruction: Instruction) -> tuple[Field, ...]:
    """Return the strings of arguments in JSON form; none if they are in shell form.

    Raises NotStringsError for an array that holds anything but strings.
    """
    offset = instruction.arguments_start
    texts = exec_form(instruction.arguments)
    spans = (match.span() for match in _JSON_STRING.finditer(instruction.masked_arguments))
    return (
        tuple(Field(text, offset + a, offset + z) for text, (a, z) in zip(texts, spans, strict=True)) if texts else ()
    )


def copy(instruction: Instruction) -> Copy:
    """Return the sources and the destination of COPY or ADD. Raises DockerfileError if there are less than two."""
    found = fields(instruction)
    if len(found) < _SMALLEST_COPY:
        raise DockerfileError(instruction.line, f"{instruction.keyword} needs a source and a destination")
    return Copy(found[:-1], found[-1])


def pairs(instruction: Instruction) -> tuple[Pair, ...]:
    """Return the pairs of ENV or LABEL; one pair for the old form `ENV name value`.

    Raises DockerfileError if a word has no `=`, or a name no value.
    """
    words = tuple(_words(instruction))
    if not words:
        return ()
    if "=" not in words[0].text:
        return (_old_pair(instruction),)
    for word in words:
        if "=" not in word.text:
            raise DockerfileError(instruction.line, f"{instruction.keyword} needs name=value, not {word.text}")
    return tuple(map(_pair, words))


def check_pairs(instruction: Instruction) -> None:
    """Raise DockerfileError where `pairs` does; most instructions are so plain that this needs no look at each word."""
    if not _PLAIN_PAIRS.fullmatch(instruction.masked_arguments):
        pairs(instruction)


def declarations(instruction: Instruction) -> tuple[Pair, ...]:
    """Return what ARG declares: names with a default, or None where there is none."""
    return tuple(map(_pair, _words(instruction)))


def expand(text: str, variables: Mapping[str, str], escape: str) -> str | None:
    """Return a text after Docker's replacement of variables and removal of quotes, as in FROM, ENV, WORKDIR and COPY.

    `escape` is the Dockerfile's escape character. Returns None if a variable is not among `variables`, or if the text
    uses a substitution other than `$X`, `${X}`, `${X:-word}` and `${X:+word}`, or is not well formed.
    """
    if _PLAIN.fullmatch(text):
        return text
    try:
        return _expand(pieces(text, escape), variables)
    except LexError:
        return None


def _expand(parts: tuple[Piece, ...], variables: Mapping[str, str]) -> str | None:
    values = [part.value if part.variable is None else _value(part.variable, variables) for part in parts]
    known = [value for value in values if value is not None]
    return "".join(known) if len(known) == len(values) else None


def _value(variable: Variable, variables: Mapping[str, str]) -> str | None:
    value = variables.get(variable.name)
    if value is None or not variable.operator:
        return value
    if variable.operator == ":-":
        return value or _expand(variable.word, variables)
    if variable.operator == ":+":
        return value and _expand(variable.word, variables)
    return None


def _old_pair(instruction: Instruction) -> Pair:
    parts = re.split(f"[{BLANKS}]+", instruction.arguments, maxsplit=1)
    if len(parts) == 1:
        raise DockerfileError(instruction.line, f"{instruction.keyword} needs a value for {parts[0]}")
    return Pair(parts[0], parts[1], instruction.arguments_start, instruction.arguments_end)


def _pair(word: Field) -> Pair:
    name, equals, value = word.text.partition("=")
    return Pair(name, value if equals else None, word.start, word.end)


def _words(instruction: Instruction) -> Iterator[Field]:
    offset = instruction.arguments_start
    for match in _word_pattern(instruction.escape).finditer(instruction.masked_arguments):
        field = _field(match.group(), offset + match.start())
        if match["unused"]:
            field = field._replace(text=field.text[:-1])
        if field.text:
            yield field


@cache
def _word_pattern(escape: str) -> re.Pattern[str]:
    e = re.escape(escape)
    pair = rf"{e}\0*[^\0]"
    part = rf"""[^{SPACES}'"{e}]++|{pair}|'[^']*'?|"(?:[^"{e}]|{pair})*"?"""
    return re.compile(rf"(?:{part})+(?P<unused>{e})?")


def _field(masked: str, start: int) -> Field:
    if DROPPED not in masked:
        return Field(masked, start, start + len(masked))
    end = start + len(masked.rstrip(DROPPED))
    return Field(masked.replace(DROPPED, ""), start + len(masked) - len(masked.lstrip(DROPPED)), end)
