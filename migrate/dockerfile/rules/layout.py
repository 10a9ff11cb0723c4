"""Where text goes in a Dockerfile."""

import re
from collections.abc import Iterable

from migrate.dockerfile.syntax.instruction import DROPPED, Dockerfile, Instruction
from migrate.text import Edit, newline_of

_COMMENT = re.compile(r"(?m)^[ \t]*(#.*?)\r?$")


def line_start(text: str, offset: int) -> int:
    """Return where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def after_line(text: str, offset: int) -> int:
    """Return where the line after the one of an offset begins."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def above_comments(text: str, instruction: Instruction) -> int:
    """Return where the comment lines directly above an instruction begin, or where its own line does."""
    start = line_start(text, instruction.start)
    while start and re.match(r"[ \t]*#", text[(above := line_start(text, start - 1)) : start]):
        start = above
    return start


def comments_inside(dockerfile: Dockerfile, start: int, end: int) -> tuple[tuple[int, str], ...]:
    """Return the comment lines within a span of an instruction, each with its offset, without indentation."""
    found = _COMMENT.finditer(dockerfile.text[start:end])
    places = ((start + match.start(1), match[1]) for match in found)
    return tuple((place, line) for place, line in places if dockerfile.masked[place] == DROPPED)


def inner_comments(dockerfile: Dockerfile, instruction: Instruction) -> tuple[str, ...]:
    """Return the comment lines inside of an instruction and of its heredocs."""
    found = [line for _, line in comments_inside(dockerfile, instruction.start, instruction.end)]
    for body in instruction.heredocs:
        found += _COMMENT.findall(dockerfile.text[body.start : body.end])
    return tuple(found)


def replacement(dockerfile: Dockerfile, instruction: Instruction, text: str, *, comments: bool = True) -> Edit:
    """Return the edit that puts whole lines in the place of an instruction; `comments` inside of it stay above them."""
    newline = newline_of(dockerfile.text)
    kept = inner_comments(dockerfile, instruction) if comments else ()
    start = line_start(dockerfile.text, instruction.start)
    end = after_line(dockerfile.text, instruction.end)
    return Edit(start, end, "".join(comment + newline for comment in kept) + text)


def behind(dockerfile: Dockerfile, instruction: Instruction, text: str) -> Edit:
    """Return the edit that puts whole lines behind an instruction."""
    position = after_line(dockerfile.text, instruction.end)
    is_at_end = position == len(dockerfile.text) and not dockerfile.text.endswith("\n")
    return Edit(position, position, (newline_of(dockerfile.text) if is_at_end else "") + text)


def in_front(dockerfile: Dockerfile, instruction: Instruction, text: str) -> Edit:
    """Return the edit that puts whole lines in front of an instruction and of the comments directly above it."""
    position = above_comments(dockerfile.text, instruction)
    blank = newline_of(dockerfile.text) if is_blank_above(dockerfile.text, position) else ""
    return Edit(position, position, text + blank)


def is_blank_above(text: str, start: int) -> bool:
    """Return whether the line before the one that begins at `start` is blank; so it is above the first one."""
    return start == 0 or is_blank(text, line_start(text, start - 1))


def is_blank(text: str, start: int) -> bool:
    """Return whether the line that begins there is blank."""
    return start < len(text) and not text[start : after_line(text, start)].strip()


def without_words(dockerfile: Dockerfile, spans: Iterable[tuple[int, int]]) -> list[Edit] | None:
    """Return the edits that cut words of an instruction, each with the blanks or the line that they alone fill.

    None if a comment would be lost or a continuation would be left behind.
    """
    edits: list[Edit] = []
    spans = sorted(spans)
    text, masked = dockerfile.text, dockerfile.masked
    for start, end in spans:
        masked = masked[:start] + DROPPED * (end - start) + masked[end:]
    for start, end in spans:
        line, after = line_start(text, start), after_line(text, end)
        if re.fullmatch(rf"[ \t{DROPPED}]*{DROPPED}", masked[line:after]):
            edits += [] if edits and edits[-1].start == line else [Edit(line, after, "")]
            continue
        before = start - len(re.search(rf"[ \t{DROPPED}]*\Z", masked[:start])[0])  # type: ignore[index] # may be empty
        if comments_inside(dockerfile, before, start):
            blanks = re.compile(r"[ \t]*").match(text, end)
            edits.append(Edit(start, blanks.end() if blanks else end, ""))
            continue
        while edits and edits[-1].start >= before:
            edits.pop()
        edits.append(Edit(max(before, edits[-1].end if edits else 0), end, ""))
    return edits
