"""Stages that are called by their number: the number counts the builders that came before it."""

import re
from collections.abc import Iterator, Sequence

from migrate.dockerfile.syntax.instruction import Dockerfile
from migrate.text import Edit, splice

_FROM = re.compile(r"(?P<before>(?:--from=|[=,]from=))(?P<number>\d+)(?![^\s,])")


def renumbered(dockerfile: Dockerfile, inserted: Sequence[int]) -> str:
    """Return the text of a Dockerfile in which `--from=NUMBER` means the stage that it meant before.

    `inserted` are the stages, by their old number, in front of which a new one stands now.
    """
    return splice(dockerfile.text, _edits(dockerfile, inserted))


def _edits(dockerfile: Dockerfile, inserted: Sequence[int]) -> Iterator[Edit]:
    for instruction in dockerfile.instructions if inserted else ():
        if instruction.keyword not in {"COPY", "RUN"}:
            continue
        for flag in instruction.flags:
            match = _FROM.search(dockerfile.text, flag.start, flag.end)
            if match and flag.name in {"from", "mount"}:
                number = int(match["number"])
                moved = number + sum(each <= number for each in inserted)
                yield Edit(match.start("number"), match.end("number"), str(moved))
