"""A campaign's results for programs: JSON with everything, CSV with a line for each repository."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict

from migrate.batch.model import Result, Results
from migrate.batch.report.images import compared, size
from migrate.findings import Severity

_COLUMNS = (
    "name",
    "location",
    "state",
    "reason",
    "commit",
    "request",
    "errors",
    "warnings",
    "seconds",
    "old_image",
    "new_image",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that starts with one of these
SCHEMA = 1  # raised when a program that reads the document would have to change


def as_json(results: Results) -> Iterator[str]:
    """Yield the parts of one JSON object in ASCII: `schema`, and `repositories` with all of their results, by name.

    `images` of a repository is what docs/compare.schema.json describes, or null.
    """
    yield f'{{"schema": {SCHEMA}, "repositories": ['
    for number, (repository, result) in enumerate(results()):
        images = json.loads(result.images) if result.images else None
        entry = asdict(repository) | asdict(result) | {"images": images}
        yield (",\n" if number else "\n") + json.dumps(entry)
    yield "\n]}\n"


def as_csv(results: Results) -> Iterator[str]:
    """Yield the lines of a CSV file, its header first; no cell is a formula for a spreadsheet."""
    yield _line(_COLUMNS)
    for repository, result in results():
        yield _line(
            (
                repository.name,
                repository.location,
                result.state.value,
                result.reason,
                result.commit,
                result.request,
                count(result, Severity.ERROR),
                count(result, Severity.WARNING),
                f"{result.seconds:.2f}",
                *_bytes(result),
            )
        )


def count(result: Result, severity: Severity) -> int:
    """Return how many findings of a severity a result has."""
    return sum(finding.severity is severity for finding in result.findings)


def _bytes(result: Result) -> tuple[object, object]:
    comparison = compared(result)
    figure = size(comparison) if comparison else None
    return (round(figure.old or 0), round(figure.new or 0)) if figure else ("", "")


def _line(cells: tuple[object, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(map(_cell, cells))
    return text.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
