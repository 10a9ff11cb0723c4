"""A comparison as a table for people, or as one JSON object for programs."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from migrate.proof.compare import Comparison, Package, Status
from migrate.report.escape import one_line

SCHEMA = 1  # raised when a program that reads the document would have to change


def document(comparisons: Iterable[Comparison]) -> str:
    """Return comparisons as one JSON object in ASCII, with a final newline."""
    content = {"schema": SCHEMA, "projects": [_project(comparison) for comparison in comparisons]}
    return json.dumps(content, indent=2) + "\n"


def _project(comparison: Comparison) -> dict[str, Any]:
    return {
        "project": comparison.project or ".",
        "python": comparison.python,
        "resolver": comparison.resolver,
        "groups": comparison.groups,
        "production": comparison.has_production,
        "reason": comparison.reason,
        "packages": [
            {
                "name": package.name,
                "before": package.before,
                "after": package.after,
                "status": package.status.value,
                "announced": package.announced,
            }
            for package in comparison.packages
        ],
    }


def table(comparison: Comparison) -> str:
    """Return the differences, a line for each, below a line that counts all packages by what became of them."""
    where = f"{one_line(comparison.project)}: " if comparison.project else ""
    beside = "with" if comparison.has_production else "only"
    where += f"{beside} {', '.join(comparison.groups)}: " if comparison.groups else ""
    if comparison.reason:
        return f"{where}not compared: {one_line(comparison.reason)}\n"
    counts = dict.fromkeys(Status, 0)
    for package in comparison.packages:
        counts[package.status] += 1
    numbers = ", ".join(f"{number} {status}" for status, number in counts.items())
    head = f"{where}Python {comparison.python}, {comparison.resolver} against the lock: {numbers}"
    return "\n".join((head, *_rows(comparison), *_advice(comparison), ""))


def _rows(comparison: Comparison) -> Iterator[str]:
    width = max((len(package.name) for package in comparison.differences), default=0)
    for package in comparison.differences:
        announced = f"  (announced: {package.announced})" if package.announced else ""
        yield f"  {package.status:<8} {one_line(package.name):<{width}}  {_versions(package)}{announced}"


def _versions(package: Package) -> str:
    return one_line(" → ".join(version for version in (package.before, package.after) if version is not None))


def _advice(comparison: Comparison) -> Iterator[str]:
    for package in comparison.unannounced:
        if package.is_prerelease_of_pip:
            kept = one_line(f"{package.name}=={package.before}")
            yield f"  hint: pip takes pre-releases that a dependency names; to keep this one, require {kept}"
