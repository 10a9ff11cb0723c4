"""Bars of sizes and times, old above new, as SVG without scripts, links or fonts of its own."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from migrate.images.model import Comparison, Figure
from migrate.images.report.words import amount, times_less

SHOWN = ("size", "cold", "install", "warm", "code", "push", "start")
_WIDTH, _LEFT, _BAR, _ROW = 720, 250, 330, 48
_OLD, _NEW, _INK = "#9aa5b1", "#2f7d4f", "#6b7280"


def picture(comparison: Comparison) -> str:
    """Return the bars as SVG; each figure has a scale of its own, its larger bar is the whole width."""
    figures = [figure for figure in comparison.figures if figure.name in SHOWN and figure.old and figure.new]
    height = _ROW * len(figures) + 8
    parts = "".join(part for number, figure in enumerate(figures) for part in _bars(figure, 8 + number * _ROW))
    title = "Old image against new image: " + "; ".join(f"{figure.title} {times_less(figure)}" for figure in figures)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" font-family="sans-serif" font-size="13"><title>{escape(title)}</title>{parts}</svg>'
    )


def _bars(figure: Figure, top: int) -> Iterator[str]:
    yield f'<text x="{_LEFT - 12}" y="{top + 23}" text-anchor="end" fill="{_INK}">{escape(figure.title)}</text>'
    largest = max(figure.old or 0, figure.new or 0)
    for value, colour, offset in ((figure.old, _OLD, 0), (figure.new, _NEW, 18)):
        width = max(1.0, (value or 0) / largest * _BAR)
        yield f'<rect x="{_LEFT}" y="{top + offset}" width="{width:.1f}" height="15" rx="2" fill="{colour}"/>'
        label = escape(amount(value, figure.unit))
        yield f'<text x="{_LEFT + width + 6:.1f}" y="{top + offset + 12}" fill="{_INK}">{label}</text>'
