"""A comparison as a table for people, or as one JSON object for programs."""

import json
from collections.abc import Iterator

from migrate.proof.compare import Comparison, Package, Status
from migrate.report.escape import one_line

SCHEMA = 1  # raised when a program that reads the document would have to change


def document(comparison: Comparison) -> str:
    """Return a comparison as one JSON object in ASCII, with a final newline."""
    content = {
        "schema": SCHEMA,
        "python": comparison.python,
        "resolver": comparison.resolver,
        "packages": [
            {"name": package.name, "before": package.before, "after": package.after, "status": package.status.value}
            for package in comparison.packages
        ],
    }
    return json.dumps(content, indent=2) + "\n"


def table(comparison: Comparison) -> str:
    """Return the differences, a line for each, below a line that counts all packages by what became of them."""
    counts = dict.fromkeys(Status, 0)
    for package in comparison.packages:
        counts[package.status] += 1
    numbers = ", ".join(f"{number} {status}" for status, number in counts.items())
    return "\n".join(
        (f"Python {comparison.python}, {comparison.resolver} against the lock: {numbers}", *_rows(comparison), "")
    )


def _rows(comparison: Comparison) -> Iterator[str]:
    width = max((len(package.name) for package in comparison.differences), default=0)
    for package in comparison.differences:
        yield f"  {package.status:<8} {one_line(package.name):<{width}}  {_versions(package)}"


def _versions(package: Package) -> str:
    return one_line(" → ".join(version for version in (package.before, package.after) if version is not None))
