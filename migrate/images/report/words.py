"""The words and rows that every form of the report shares."""

from collections.abc import Iterator

from migrate.images.model import Comparison, Figure, Unit
from migrate.report.escape import masked, one_line

_KILO = 1000
_SHORT, _LONG = 10, 120  # seconds


def line(text: str) -> str:
    """Return text of an image or an engine as one line without credentials."""
    return one_line(masked(text))


def amount(value: float | None, unit: Unit) -> str:
    """Return a quantity as people read it, "-" if there is none."""
    if value is None:
        return "-"
    if unit is Unit.COUNT:
        return f"{value:.0f}"
    if unit is Unit.SECONDS:
        return _duration(value)
    for name in ("bytes", "kB", "MB"):
        if value < _KILO:
            return f"{value:.0f} {name}"
        value /= _KILO
    return f"{value:.2f} GB"


def _duration(seconds: float) -> str:
    if seconds >= _LONG:
        return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    return f"{seconds:.2f} s" if seconds < _SHORT else f"{seconds:.1f} s"


def times_less(figure: Figure) -> str:
    """Return by which factor the new side is less, or more."""
    if figure.ratio is None:
        return ""
    if 0.95 <= figure.ratio <= 1.05:  # noqa: PLR2004 - the noise of a machine
        return "the same"
    return f"{figure.ratio:.1f}x less" if figure.ratio > 1 else f"{1 / figure.ratio:.1f}x more"


def rows(comparison: Comparison) -> Iterator[tuple[str, str, str, str]]:
    """Yield title, old, new and difference of each figure that has a value, or the reason why it has none."""
    for figure in comparison.figures:
        if figure.old is None and figure.new is None:
            yield figure.title, "-", "-", figure.note or "not measured"
        else:
            difference = times_less(figure) or figure.note
            yield figure.title, amount(figure.old, figure.unit), amount(figure.new, figure.unit), difference
