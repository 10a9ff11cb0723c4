"""A comparison as Markdown, for a pull request or a file."""

from base64 import b64encode
from collections.abc import Iterator

from migrate.images.model import Comparison, Proof, Status
from migrate.images.report.picture import picture
from migrate.images.report.words import line, rows

_MOST = 10
_MARKS = {Status.PASSED: "✓", Status.FAILED: "✗", Status.UNPROVEN: "?"}


def markdown(comparison: Comparison, *, with_picture: bool = True) -> str:
    """Return the table and the proofs; the bars are embedded in it unless `with_picture` is false.

    What comes from images is code, so that none of it becomes a mention, a link or markup.
    """
    lines = ["## Old image against new image", ""]
    if comparison.figures:
        lines += ["| | old | new | |", "| --- | ---: | ---: | --- |"]
        lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows(comparison)]
        lines += [""]
        if with_picture:
            encoded = b64encode(picture(comparison).encode()).decode()
            lines += [f"![bars of sizes and times](data:image/svg+xml;base64,{encoded})", ""]
    for proof in comparison.proofs:
        lines += _proof(proof)
    for note in comparison.notes:
        lines += ["", *_code(note)]
    return "\n".join(lines) + "\n"


def _proof(proof: Proof) -> Iterator[str]:
    counted = f" ({proof.counted})" if proof.counted else ""
    yield f"- {_MARKS[proof.status]} {proof.title}{counted}: {proof.status}"
    said = [*proof.differences[:_MOST], *([proof.why] if proof.why else [])]
    if said:
        yield ""
        yield from (f"  {line}" for each in said for line in _code(each))
        if len(proof.differences) > _MOST:
            yield f"      and {len(proof.differences) - _MOST} more"
        yield ""


def _code(text: str) -> Iterator[str]:
    yield f"    {line(text)[:500]}"


def _cell(text: str) -> str:
    return "".join(f"\\{char}" if char in "|\\`*_[]<>@#!" else char for char in line(text)[:300])
