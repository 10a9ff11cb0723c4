"""What uvmigrate has to say about a place in the repository."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters to the person who reads it."""

    INFO = "info"  # done; good to know
    WARNING = "warning"  # left as it is, still works
    ERROR = "error"  # will not work until a person acts


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about one place: `path` is relative to the project with `/`, `line` counts from 1."""

    code: str
    severity: Severity
    path: str
    line: int | None
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of findings; `message` and `hint` are `str.format` templates.

    `explanation` is what the documentation says about it: when it appears and what to do.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str

    def at(self, path: str, line: int | None = None, **details: object) -> Finding:
        """Return the finding of this kind at a place, its templates filled with `details`.

        Raises KeyError if a template names a detail that is not given.
        """
        return Finding(
            self.code, self.severity, path, line, self.message.format(**details), self.hint.format(**details)
        )
