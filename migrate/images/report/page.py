"""A comparison as one HTML page without scripts, links or anything from elsewhere."""

from collections.abc import Iterator
from html import escape

from migrate.images.model import Comparison, Proof
from migrate.images.report.picture import picture
from migrate.images.report.words import line, rows

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:right;border-bottom:1px solid #8884}"
    "td:first-child,td:last-child{text-align:left}svg{max-width:100%;height:auto}"
    ".passed{color:#2f7d4f}.failed{color:#b42318}.unproven{color:#946200}"
)


def page(comparison: Comparison) -> str:
    """Return the page."""
    parts = ["<!doctype html>", '<html lang="en"><meta charset="utf-8"><title>Old image against new image</title>']
    parts += [f"<style>{_STYLE}</style>", "<h1>Old image against new image</h1>"]
    if comparison.figures:
        parts += ["<table><tr><th></th><th>old</th><th>new</th><th></th></tr>"]
        parts += ["<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows(comparison)]
        parts += ["</table>", picture(comparison)]
    parts += ["<h2>Proofs</h2><ul>", *(line for proof in comparison.proofs for line in _proof(proof)), "</ul>"]
    parts += [f"<p>{_text(note)}</p>" for note in comparison.notes]
    return "\n".join(parts) + "</html>\n"


def _proof(proof: Proof) -> Iterator[str]:
    counted = f" ({_text(proof.counted)})" if proof.counted else ""
    yield f'<li><b class="{proof.status.value}">{proof.status.value}</b> {_text(proof.title)}{counted}'
    said = [*proof.differences, *([proof.why] if proof.why else [])]
    if said:
        yield "<pre>" + "\n".join(_text(each) for each in said) + "</pre>"
    if proof.explained:
        explained = "\n".join(_text(each) for each in proof.explained)
        yield f"<details><summary>explained</summary><pre>{explained}</pre></details>"
    yield "</li>"


def _text(text: str) -> str:
    return escape(line(text))
