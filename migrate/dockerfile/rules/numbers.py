"""Stages that are called by their number: the number counts the builders that came before it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from migrate.dockerfile.syntax.instruction import Dockerfile, Instruction
from migrate.dockerfile.syntax.parse import parse
from migrate.text import Edit, splice

_FROM = re.compile(r"(?P<before>(?:--from=|[=,]from=))(?P<number>\d+)(?![^\s,])")


def renumbered(dockerfile: Dockerfile, edits: Sequence[Edit], inserted: Sequence[int]) -> str:
    """Return the text of a Dockerfile with edits, in which `--from=NUMBER` means the stage that it meant before.

    `inserted` are the stages, by their old number, in front of which a new one stands now. The instructions that edits
    touch are parsed again, the others are what they were.
    """
    first, last = min(edit.start for edit in edits), max(edit.end for edit in edits)
    above = [each for each in dockerfile.instructions if each.end < first]
    below = [each for each in dockerfile.instructions if each.start > last]
    start = above[-1].end if above else 0
    end = below[0].start if below else len(dockerfile.text)
    head = f"# escape={dockerfile.escape}" if above else ""
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    touched = parse(head + splice(dockerfile.text[start:end], moved))
    new = splice(touched.text, _edits(touched.text, touched.instructions, inserted))[len(head) :]
    return splice(dockerfile.text, [Edit(start, end, new), *_edits(dockerfile.text, (*above, *below), inserted)])


def _edits(text: str, instructions: Iterable[Instruction], inserted: Sequence[int]) -> Iterator[Edit]:
    for instruction in instructions if inserted else ():
        for flag in instruction.flags if instruction.keyword in {"COPY", "RUN"} else ():
            match = _FROM.search(text, flag.start, flag.end)
            if match and flag.name in {"from", "mount"}:
                number = int(match["number"])
                moved = number + sum(each <= number for each in inserted)
                yield Edit(match.start("number"), match.end("number"), str(moved))
