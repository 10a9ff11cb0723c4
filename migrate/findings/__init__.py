"""Findings, and the one table of all their kinds; each area has its own module."""

from migrate.findings import discovery, dockerfile, images, indexes, lock, pyproject, requirements, surroundings
from migrate.findings.model import Finding, Kind, Severity

__all__ = ["TABLE", "Finding", "Kind", "Severity"]

TABLE: tuple[Kind, ...] = tuple(
    sorted(
        (
            kind
            for area in (requirements, indexes, discovery, pyproject, dockerfile, images, lock, surroundings)
            for kind in vars(area).values()
            if isinstance(kind, Kind)
        ),
        key=lambda kind: kind.code,
    )
)
