"""What stands before an instruction's arguments: its keyword and its flags."""

import re
from typing import NamedTuple

from migrate.dockerfile.syntax.instruction import BLANKS, DROPPED, SPACES, Flag

_TRIMMED = SPACES + DROPPED
_SKIPPED = re.compile(f"[{SPACES}{DROPPED}]*")
_BLANKS = re.compile(f"[{BLANKS}{DROPPED}]*")
_KEYWORD = re.compile(f"{_SKIPPED.pattern}([^{BLANKS}]*){_BLANKS.pattern}")
_PLAIN_FLAG = re.compile(f"[A-Za-z0-9_./:=,@+-]+(?=[{BLANKS}]|\\Z)")
_DASHES = re.compile(r"-\0*-")


class FlagError(ValueError):
    """A flag that Docker does not read as it is written."""


class Header(NamedTuple):
    """Keyword in upper case, flags, and the span of the arguments without blanks around them."""

    keyword: str
    flags: tuple[Flag, ...]
    start: int
    end: int


def read_header(masked: str, start: int, end: int, escape: str) -> Header:
    """Return the header of the logical line at `start`..`end` of a masked text.

    Raises FlagError for a flag with characters outside of ASCII: Docker takes their bytes for characters.
    """
    end = start + len(masked[start:end].rstrip(_TRIMMED))
    found = _KEYWORD.match(masked, start, end)
    keyword, position = (found[1].replace(DROPPED, ""), found.end()) if found else ("", end)
    flags: list[Flag] = []
    while masked.startswith("-", position) and _DASHES.match(masked, position, end):
        word, flag_end = _flag_word(masked, position, end, escape)
        if not word.isascii():
            raise FlagError(f"the flag {word} has characters outside of ASCII")
        if word != "--":
            name, equals, value = word[2:].partition("=")
            flags.append(Flag(name, value if equals else None, position, flag_end))
        position = _skip(_BLANKS, masked, flag_end, end)
        if word == "--":
            break
    start = _skip(_SKIPPED, masked, position, end) if masked[position : position + 1] in _TRIMMED else position
    return Header(keyword.upper() if keyword.isascii() else keyword, tuple(flags), start, end)


def _skip(pattern: re.Pattern[str], masked: str, start: int, end: int) -> int:
    match = pattern.match(masked, start, end)
    return match.end() if match else start


def _flag_word(masked: str, start: int, end: int, escape: str) -> tuple[str, int]:
    """Return a flag without quotes and escapes, and where it ends."""
    if plain := _PLAIN_FLAG.match(masked, start, end):
        return plain.group(), plain.end()
    word: list[str] = []
    quote = ""
    escaped = False
    for position in range(start, end):
        character = masked[position]
        if character == DROPPED:
            continue
        if escaped:
            word.append(character)
            escaped = False
        elif character == escape:
            escaped = True
        elif character in {"'", '"'} and quote in {"", character}:
            quote = "" if quote else character
        elif character in BLANKS and not quote:
            return "".join(word), position
        else:
            word.append(character)
    return "".join(word), end
