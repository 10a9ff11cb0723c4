"""A comparison as two tables for a terminal or a pipe."""

from collections.abc import Iterator

from migrate.images.model import Comparison, Proof, Status
from migrate.images.report.words import line, rows

_MOST = 20  # differences of one proof; --format json has all
_COLOURS = {Status.PASSED: 32, Status.FAILED: 31, Status.UNPROVEN: 33}


def terminal(comparison: Comparison, *, colour: bool = False) -> str:
    """Return the table of figures, the proofs with what they found, and the notes."""
    table = [("", "old", "new", ""), *rows(comparison)]
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    lines = [
        f"{title:<{widths[0]}}  {old:>{widths[1]}}  {new:>{widths[2]}}  {line(said)}".rstrip()
        for title, old, new, said in table
    ]
    if comparison.figures:
        lines += [""]
    else:
        lines = []
    for proof in comparison.proofs:
        lines += _proof(proof, colour=colour)
    lines += [f"note: {line(note)}" for note in comparison.notes]
    lines += [f"kept: {line(tag)}" for tag in comparison.kept]
    return "".join(f"{each}\n" for each in lines)


def _proof(proof: Proof, *, colour: bool) -> Iterator[str]:
    status: str = f"{proof.status.value:<8}"
    if colour:
        status = f"\x1b[{_COLOURS[proof.status]}m{status}\x1b[0m"
    said = "; ".join(filter(None, (proof.counted, line(proof.why))))
    yield f"{status}  {proof.title}{f' ({said})' if said else ''}"
    yield from (f"          - {line(each)}" for each in proof.differences[:_MOST])
    if len(proof.differences) > _MOST:
        yield f"          - and {len(proof.differences) - _MOST} more; --format json has all"
    yield from (f"          explained: {line(each)}" for each in proof.explained[:_MOST])
