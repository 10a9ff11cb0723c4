"""What all results have in common: how many repositories came to each state, and how often each finding appears."""

import re
from collections import Counter
from dataclasses import dataclass, field

from migrate.batch.model import Results, State
from migrate.batch.report.images import compared, size
from migrate.findings import TABLE, Severity
from migrate.images import Unit
from migrate.images.report.words import amount

_TELLS_WHY = ("left as it is: …", "the Dockerfile is left as it is: …", "the file is left as it is: …")
EXPLAINED = {kind.code: kind for kind in TABLE}


@dataclass(frozen=True, slots=True)
class Totals:
    """Repositories by state; for each code of a finding, the repositories that have it; how bad it is.

    `sizes`: how many repositories have both images measured, the bytes of the old ones and of the new ones.
    """

    states: Counter[State] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    severities: dict[str, Severity] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)

    @property
    def images(self) -> str:
        """How much smaller the images of all repositories have become, "" if none was measured."""
        if not self.sizes:
            return ""
        old, new = (amount(self.sizes[name], Unit.BYTES) for name in ("old", "new"))
        return f"{old} → {new}"

    @property
    def by_weight(self) -> list[tuple[str, int]]:
        """The codes and their repositories: errors first, then the most frequent."""
        order = list(reversed(Severity))
        return sorted(self.codes.items(), key=lambda item: (order.index(self.severities[item[0]]), -item[1], item[0]))


def totals(results: Results) -> Totals:
    """Count results; one at a time is in memory."""
    counted = Totals()
    for _, result in results():
        counted.states[result.state] += 1
        counted.codes.update({finding.code for finding in result.findings})
        counted.severities.update({finding.code: finding.severity for finding in result.findings})
        if (comparison := compared(result)) and (figure := size(comparison)):
            counted.sizes.update({"repositories": 1, "old": round(figure.old or 0), "new": round(figure.new or 0)})
    return counted


def title(code: str) -> str:
    """Return what findings of a code say, with `…` for what differs; "" for an unknown one."""
    return _blanks(EXPLAINED[code].message.partition("\n")[0].rstrip(":")) if code in EXPLAINED else ""


def summary(code: str) -> str:
    """Return what findings of a code are in one line: what they say, or what they share if they only say why."""
    return headline(code) if title(code).startswith(_TELLS_WHY) else title(code)


def headline(code: str) -> str:
    """Return what findings of a code have in common, in one sentence; "" for an unknown one."""
    return EXPLAINED[code].explanation.partition(". ")[0].rstrip(".") + "." if code in EXPLAINED else ""


def advice(code: str) -> str:
    """Return what to do about findings of a code, with `…` for what differs; "" for an unknown one."""
    return _blanks(EXPLAINED[code].hint) if code in EXPLAINED else ""


def _blanks(text: str) -> str:
    return re.sub(r"(\{[^}]*\})+", "…", text)
