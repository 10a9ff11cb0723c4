"""What a campaign's reports show of images: one line of words, cells for a table, and the whole as HTML."""

from collections import Counter
from html import escape

from migrate.batch.model import Result
from migrate.images import Comparison, Figure, Proof, Status
from migrate.images.report.document import parsed
from migrate.images.report.words import amount, line, rows, times_less

_MOST = 10  # differences of one proof; report.json has all
_MARKS = {Status.PASSED: "✓", Status.FAILED: "✗", Status.UNPROVEN: "?"}


def compared(result: Result) -> Comparison | None:
    """Return the comparison of a repository's images, None if nobody asked for one."""
    return parsed(result.images) if result.images else None


def size(comparison: Comparison) -> Figure | None:
    """Return the sizes of both images, None if one of them is missing."""
    found = next((figure for figure in comparison.figures if figure.name == "size"), None)
    return found if found and found.ratio else None


def sizes(comparison: Comparison | None) -> str:
    """Return in a few words how large the images are, "" if that is not known."""
    figure = size(comparison) if comparison else None
    return f"image {amount(figure.old, figure.unit)} → {amount(figure.new, figure.unit)}" if figure else ""


def cells(comparison: Comparison) -> tuple[str, str, str, str]:
    """Return the size of the old image and of the new one, their difference, and what became of the proofs."""
    figure, notes = size(comparison), "; ".join(map(line, comparison.notes))
    if figure is None:
        return "-", "-", "", _outcomes(comparison) or notes
    return amount(figure.old, figure.unit), amount(figure.new, figure.unit), times_less(figure), _outcomes(comparison)


def _outcomes(comparison: Comparison) -> str:
    counted = Counter(proof.status for proof in comparison.proofs)
    return ", ".join(f"{counted[status]} {status}" for status in Status if counted[status])


def section(comparison: Comparison) -> str:
    """Return figures and proofs as HTML."""
    figures = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in map(line, row))}</tr>" for row in rows(comparison)
    )
    table = f"<table><tr><th></th><th>old</th><th>new</th><th></th></tr>{figures}</table>" if figures else ""
    proofs = "".join(map(_proof, comparison.proofs))
    notes = "".join(f"<p>{escape(line(note))}</p>" for note in comparison.notes)
    return f'<h3>Images</h3><div class="images">{notes}{table}{f"<ul>{proofs}</ul>" if proofs else ""}</div>'


def _proof(proof: Proof) -> str:
    said = "".join(f"<small>{escape(line(text))}</small>" for text in (*proof.differences[:_MOST], proof.why) if text)
    return f'<li class="{proof.status}">{_MARKS[proof.status]} {escape(line(proof.title))}: {proof.status}{said}</li>'
