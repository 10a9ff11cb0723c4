"""The arguments of single instructions, and Docker's replacement of variables in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from migrate.dockerfile.syntax.arrays import exec_form
from migrate.dockerfile.syntax.instruction import BLANKS, DROPPED, SPACES, DockerfileError, Instruction
from migrate.dockerfile.syntax.lexer import LexError, Piece, Variable, pieces

_FIELD = re.compile(f"[^{BLANKS}]+")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\\0*[^\0])*"')
_WITH_ARRAYS = frozenset({"ADD", "COPY", "VOLUME"})
_SMALLEST_COPY = 2  # a source and a destination
_PLAIN = re.compile(r"[^$'\"`\\]*")  # nothing that is replaced, removed or escaped


@dataclass(frozen=True, slots=True)
class Field:
    """One argument: its text without what Docker drops, and its span in the file (in JSON form with the quotes)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pair:
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
    return tuple(_field(match, offset) for match in _FIELD.finditer(masked) if match.group().strip(DROPPED))


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
    for match in _word_pattern(instruction.escape).finditer(instruction.masked_arguments):
        field = _field(match, instruction.arguments_start)
        text = field.text[:-1] if match["unused"] else field.text
        if text:
            yield Field(text, field.start, field.end)


@cache
def _word_pattern(escape: str) -> re.Pattern[str]:
    e = re.escape(escape)
    pair = rf"{e}\0*[^\0]"
    part = rf"""[^{SPACES}'"{e}]|{pair}|'[^']*'?|"(?:[^"{e}]|{pair})*"?"""
    return re.compile(rf"(?:{part})+(?P<unused>{e})?")


def _field(match: re.Match[str], offset: int) -> Field:
    text = match.group()
    start = offset + match.start() + len(text) - len(text.lstrip(DROPPED))
    end = offset + match.end() - len(text) + len(text.rstrip(DROPPED))
    return Field(text.replace(DROPPED, ""), start, end)
