"""A comparison as one JSON object for programs; `docs/compare.schema.json` is its schema."""

import json

from migrate.images.model import Comparison, Figure, Proof
from migrate.report.escape import masked

SCHEMA = 1  # raised when a program that reads the document would have to change


def document(comparison: Comparison) -> str:
    """Return a comparison as one JSON object in ASCII, with a final newline."""
    content = {
        "schema": SCHEMA,
        "dockerfile": comparison.dockerfile,
        "engine": comparison.engine,
        "runs": comparison.runs,
        "figures": [_figure(figure) for figure in comparison.figures],
        "proofs": [_proof(proof) for proof in comparison.proofs],
        "notes": [masked(note) for note in comparison.notes],
        "kept": list(comparison.kept),
    }
    return json.dumps(content, indent=2) + "\n"


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "title": figure.title,
        "unit": figure.unit.value,
        "before": list(figure.before),
        "after": list(figure.after),
        "ratio": figure.ratio,
        "note": masked(figure.note),
    }


def _proof(proof: Proof) -> dict[str, object]:
    return {
        "name": proof.name,
        "title": proof.title,
        "status": proof.status.value,
        "differences": [masked(each) for each in proof.differences],
        "explained": [masked(each) for each in proof.explained],
        "counted": proof.counted,
        "why": masked(proof.why),
    }
