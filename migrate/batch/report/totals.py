"""What all results have in common: how many repositories came to each state, and how often each finding appears."""

import re
from collections import Counter
from dataclasses import dataclass, field

from migrate.batch.model import Results, State
from migrate.findings import TABLE, Severity

EXPLAINED = {kind.code: kind for kind in TABLE}


@dataclass(frozen=True, slots=True)
class Totals:
    """Repositories by state; for each code of a finding, the repositories that have it; how bad it is."""

    states: Counter[State] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    severities: dict[str, Severity] = field(default_factory=dict)

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
    return counted


def headline(code: str) -> str:
    """Return what findings of a code have in common, in one sentence; "" for an unknown one."""
    return EXPLAINED[code].explanation.partition(". ")[0].rstrip(".") + "." if code in EXPLAINED else ""


def advice(code: str) -> str:
    """Return what to do about findings of a code, with `…` for what differs; "" for an unknown one."""
    return re.sub(r"\{[^}]*\}", "…", EXPLAINED[code].hint) if code in EXPLAINED else ""
