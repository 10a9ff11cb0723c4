"""Replacements inside one text: the only way in which uvmigrate changes a file that it does not own; and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters `start` to `end` (half open, in code points) of a text by `text`."""

    start: int
    end: int
    text: str


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all `edits` applied; every character outside of them is kept as it is.

    Insertions at one position are applied in the order in which they come.
    Raises ValueError if two edits overlap or one lies outside the text.
    """
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not position <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit.start}..{edit.end} overlaps another one or leaves the text")
        pieces += (text[position : edit.start], edit.text)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


def listed(parts: Sequence[str]) -> str:
    """Return one or more parts as a list in words: "a", "a and b", "a, b and c"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def line_at(text: str, offset: int) -> int:
    """Return the number of the line, from 1, that holds the character at `offset`."""
    return text.count("\n", 0, offset) + 1


def newline_of(text: str) -> str:
    r"""Return the line ending that a text uses: "\r\n" if its first line ends so, else "\n"."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
