"""A comparison as one JSON object for programs; `docs/compare.schema.json` is its schema."""

import json
from collections.abc import Mapping
from typing import Any

from migrate.images.model import Comparison, Figure, Proof, Unit
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


def parsed(text: str) -> Comparison:
    """Return the comparison that a document tells of."""
    content = json.loads(text)
    figures = (Figure(**{**_fields(each, "ratio"), "unit": Unit(each["unit"])}) for each in content["figures"])
    proofs = (Proof(**_fields(each, "status")) for each in content["proofs"])
    return Comparison(**{**_fields(content, "schema"), "figures": tuple(figures), "proofs": tuple(proofs)})


def _fields(content: Mapping[str, Any], derived: str) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in content.items() if name != derived
    }


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
