"""Text → logical lines, as pip divides a requirements file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_LINE = 65_536  # characters; a line with a hundred hashes has about ten thousand
_MANY_BLANKS = re.compile(r"\s{256}")


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """One logical line: `text` without its comment (empty if there is only a comment), from physical line `number`.

    `is_indented` tells whether that physical line starts with a blank, `is_too_long` that the line is not to be parsed
    and its comment was not looked for.
    """

    number: int
    text: str
    comment: str | None = None
    is_indented: bool = False
    is_too_long: bool = False


def logical_lines(text: str) -> Iterator[LogicalLine]:
    """Yield the logical lines of a requirements file that are not blank. Any text has logical lines.

    Continuations are joined and comments split off by pip's own rules; a byte order mark is dropped.
    """
    from pip_requirements_parser import CommentLine, join_lines, split_comments

    physical = text.removeprefix("\ufeff").splitlines()
    for number, joined in join_lines(enumerate(physical, start=1)):
        stripped = joined.strip()
        is_indented = physical[number - 1][:1].isspace()
        if stripped.startswith("#"):
            yield LogicalLine(number, "", stripped, is_indented)
        elif len(stripped) > LONGEST_LINE or _MANY_BLANKS.search(stripped):
            yield LogicalLine(number, stripped, None, is_indented, is_too_long=True)
        elif stripped:
            parts = list(split_comments([(number, stripped)]))
            comment = parts.pop().line if isinstance(parts[-1], CommentLine) else None
            yield LogicalLine(number, parts[0].line, comment, is_indented)
