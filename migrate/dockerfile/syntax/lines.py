"""Physical lines, parser directives, and the masked logical lines that continuations make of them."""

import re
from dataclasses import dataclass
from itertools import accumulate

from migrate.dockerfile.syntax.instruction import DROPPED, SPACES, DockerfileError
from migrate.text import line_at

_LONGEST = 65_535  # bytes of one line that Docker reads
_DIRECTIVES = frozenset({"syntax", "escape", "check"})
_DIRECTIVE_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
_DIRECTIVE_BLANKS = "\t\n\f\r "


@dataclass(frozen=True, slots=True)
class Lines:
    """The physical lines of a text: `texts` without byte order mark and line endings.

    `starts` holds the offset of each line, and at last the length of the text.
    """

    starts: tuple[int, ...]
    texts: tuple[str, ...]

    def end(self, index: int) -> int:
        """Return the offset where a line ends, its line ending excluded."""
        return self.starts[index] + len(self.texts[index])


def split_lines(text: str) -> Lines:
    """Return the lines of a text. Raises DockerfileError for a NUL, and for a line that is too long for Docker."""
    if DROPPED in text:
        raise DockerfileError(line_at(text, text.index(DROPPED)), "a NUL character")
    first = 1 if text.startswith("\ufeff") else 0
    texts = text[first:].split("\n")
    lengths = [len(line) for line in texts]
    starts = [*accumulate([length + 1 for length in lengths], initial=first)]
    for number, line in enumerate(texts, 1) if max(lengths) * 4 > _LONGEST else ():
        if len(line.encode(errors="replace")) > _LONGEST:
            raise DockerfileError(number, f"more than {_LONGEST} bytes in one line")
    if not texts[-1]:
        texts.pop()
        starts.pop()
    starts[-1] = len(text)
    return Lines(tuple(starts), tuple([line.rstrip("\r") for line in texts]))


def read_directives(lines: Lines) -> dict[str, str]:
    """Return the parser directives, names in lower case; they come before anything else.

    Raises DockerfileError for one that comes twice, and for an escape character that is neither a backslash nor a
    backtick.
    """
    directives: dict[str, str] = {}
    for number, line in enumerate(lines.texts, 1):
        comment = line.lstrip(SPACES)
        name, _, value = comment[1:].lstrip(SPACES).partition("=")
        name = name.rstrip(_DIRECTIVE_BLANKS)
        key = name.lower()
        if not comment.startswith("#") or not value or not _DIRECTIVE_NAME.fullmatch(name) or key not in _DIRECTIVES:
            break
        if key in directives:
            raise DockerfileError(number, f"the directive {key} comes twice")
        directives[key] = value.strip(_DIRECTIVE_BLANKS)
        if key == "escape" and directives[key] not in {"\\", "`"}:
            raise DockerfileError(number, "the escape character must be a backslash or a backtick")
    return directives


def is_dropped(line: str) -> bool:
    """Whether a physical line is blank or a comment, which Docker drops between and inside of instructions."""
    return line.lstrip(SPACES)[:1] in {"", "#"}


def logical_line(lines: Lines, index: int, escape: str) -> tuple[str, int]:
    """Return the masked text of the logical line that begins at a line, and the index of the first line after it.

    The text has the length of the physical lines, the last one's line ending excluded.
    """
    parts: list[str] = []
    twice = escape * 2
    for after in range(index, len(lines.texts)):
        line = lines.texts[after]
        kept = line.rstrip("\t ") if escape in line else ""
        continues = kept.endswith(escape) and not kept.endswith(twice)
        if not parts and not continues:
            return line, after + 1
        width = lines.starts[after + 1] - lines.starts[after]
        if parts and is_dropped(line):
            parts.append(DROPPED * width)
        elif continues:
            parts.append(kept[:-1].ljust(width, DROPPED))
        else:
            parts.append(line)
            return "".join(parts), after + 1
    masked = "".join(parts)
    return masked[: lines.end(len(lines.texts) - 1) - lines.starts[index]], len(lines.texts)
