"""Cuts spans out of an instruction and keeps its lines well formed: none left empty, no continuation into nothing."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from migrate.dockerfile.syntax.instruction import DROPPED, Dockerfile
from migrate.text import Edit

Span = tuple[int, int]
_BLANKS = " \t"
_CONTINUED = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    """A physical line: `end` excludes its line ending, `content_end` also a continuation and the blanks before it.

    `is_continuation`: nothing else than a continuation is on it.
    """

    start: int
    content_end: int
    end: int
    after: int
    continues: bool
    is_comment: bool
    is_continuation: bool


def cut(dockerfile: Dockerfile, spans: Iterable[Span]) -> tuple[Edit, ...]:
    """Return the edits that remove `spans` of shell text, none of which is part of a quoted text.

    A line with nothing else on it goes too; comment lines stay. If an instruction, or a command of a heredoc, ends on
    a line that goes, the line above it ends it, and comments between them follow it, without indentation.
    """
    spans = sorted(spans)
    touched = list(_touched(dockerfile, spans))
    gone = [line for line in touched if not _kept(dockerfile, line, spans)]
    ranges = [span for line in touched if line not in gone for span in _inline(dockerfile, line, spans)]
    for last in [line for line in gone if not line.continues]:
        between, end = _down_to(dockerfile, last, gone)
        gone += [line for line in between if line.is_continuation]
        ranges += [(line.start, dockerfile.text.index("#", line.start)) for line in between if line.is_comment]
        ranges += [(end.content_end, end.end)] if end.continues else []
    ranges += [_whole(dockerfile, block) for block in _blocks(gone)]
    return tuple(Edit(start, end, "") for start, end in _merged(ranges, between=lambda _: False))


def _line(dockerfile: Dockerfile, offset: int) -> _Line:
    text, masked = dockerfile.text, dockerfile.masked
    start = text.rfind("\n", 0, offset) + 1
    newline = text.find("\n", offset)
    after = len(text) if newline < 0 else newline + 1
    end = start + len(text[start:after].rstrip("\r\n"))
    content = masked[start:end].rstrip(DROPPED)
    continues = masked[after - 1 : after] == DROPPED
    if not continues and newline == end and _CONTINUED.search(content):
        continues = True
        content = content[:-1]
    content_end = start + len(content.rstrip(_BLANKS))
    dropped = "" if content_end > start or not continues else text[start:end].strip()
    is_comment = dropped.startswith("#")
    return _Line(start, content_end, end, after, continues, is_comment, dropped != "" and not is_comment)


def _touched(dockerfile: Dockerfile, spans: Sequence[Span]) -> Iterator[_Line]:
    """Yield the lines that spans touch, comment lines aside."""
    position = 0
    for start, end in spans:
        position = max(position, start)
        while position < end:
            line = _line(dockerfile, position)
            if not line.is_comment:
                yield line
            position = line.after


def _kept(dockerfile: Dockerfile, line: _Line, spans: Sequence[Span]) -> str:
    """Return what remains of a line, blanks aside."""
    position = line.start
    kept = ""
    for start, end in _parts(line, spans):
        kept += dockerfile.masked[position:start]
        position = end
    return (kept + dockerfile.masked[position : line.content_end]).strip(_BLANKS + DROPPED)


def _parts(line: _Line, spans: Sequence[Span]) -> list[Span]:
    """Return the parts of spans that are on a line."""
    clipped = ((max(start, line.start), min(end, line.content_end)) for start, end in spans)
    return [(start, end) for start, end in clipped if start < end]


def _inline(dockerfile: Dockerfile, line: _Line, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield what goes of a line on which something stays: the spans, each with the blanks on one side."""
    masked = dockerfile.masked
    for start, end in _merged(_parts(line, spans), between=lambda gap: not masked[slice(*gap)].strip(_BLANKS)):
        ahead = masked[line.start : start].rstrip(_BLANKS)
        behind = masked[end : line.content_end].lstrip(_BLANKS)
        if not behind or behind[0] == ";" or (ahead and behind[0] == "#"):
            yield line.start + len(ahead), end
        else:
            yield start, line.content_end - len(behind)


def _down_to(dockerfile: Dockerfile, last: _Line, gone: Sequence[_Line]) -> tuple[list[_Line], _Line]:
    """Return the lines above a line that goes which stay without content, and the one above them which has some."""
    between: list[_Line] = []
    line = _line(dockerfile, last.start - 1)
    while line in gone or line.content_end == line.start:
        between += [line] if line not in gone else []
        line = _line(dockerfile, line.start - 1)
    return between, line


def _blocks(lines: Iterable[_Line]) -> list[tuple[_Line, _Line]]:
    """Return the first and the last of lines that have no gap between them."""
    blocks: list[tuple[_Line, _Line]] = []
    for line in sorted(lines, key=lambda line: line.start):
        if blocks and blocks[-1][1].after == line.start:
            blocks[-1] = blocks[-1][0], line
        else:
            blocks.append((line, line))
    return blocks


def _whole(dockerfile: Dockerfile, block: tuple[_Line, _Line]) -> Span:
    """Return what goes with lines: each its own line ending, or all the one above if the last one ends a command."""
    first, last = block
    if last.continues:
        return first.start, last.after
    return _line(dockerfile, first.start - 1).end, last.end


def _merged(spans: Iterable[Span], *, between: Callable[[Span], bool]) -> list[Span]:
    """Return sorted spans, those in one that overlap or have nothing of importance `between` them."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or between((merged[-1][1], start))):
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged
