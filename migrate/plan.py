"""What a migration is going to do, as a value."""

from dataclasses import dataclass

from migrate.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Change:
    """One whole file before and after, as text with its own line endings; None: it does not exist.

    `path` is relative to the project, with `/`.
    Raises ValueError if nothing changes.
    """

    path: str
    before: str | None
    after: str | None

    def __post_init__(self) -> None:
        if self.before == self.after:
            raise ValueError(f"{self.path} does not change")


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one logical line of a requirements file: "converted", "converted with a note" or "blocked".

    `line` is its first physical line, `result` where it went: a dependency, a file, a key of [tool.uv], or "left out".
    """

    path: str
    line: int
    text: str
    outcome: str
    result: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A migration: all changes, sorted by path, all findings, sorted by place, and all lines that were read."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    lines: tuple[Account, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether a person has to act before the result works."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
