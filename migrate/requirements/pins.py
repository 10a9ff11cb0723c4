"""The versions of compiled files, together: a lock has one version of a package."""

from collections.abc import Collection, Iterable

from migrate.findings import Finding
from migrate.findings import discovery as kinds
from migrate.requirements.model import Requirement


def together(
    production: Iterable[Requirement], groups: Iterable[Requirement], installed: Collection[str]
) -> tuple[tuple[Requirement, ...], tuple[Finding, ...]]:
    """Return the pins of production and of groups that a lock is to keep, and what there is to say.

    Where two differ, the earlier one counts, production's first, unless an image installs the later one's file: those
    are `installed`, and no version of an image changes.
    """
    pins = list(production)
    kept = {(pin.package, str(pin.spec.marker or "")): pin for pin in reversed(pins)}
    findings: list[Finding] = []
    for pin in groups:
        first = kept.setdefault((pin.package, str(pin.spec.marker or "")), pin)
        if first.spec.specifier == pin.spec.specifier or pin.path in installed:
            pins.append(pin)
        else:
            findings.append(
                kinds.PIN_OF_OTHER.at(pin.path, pin.line, name=pin.spec.name, other=first.place, kept=first.text)
            )
    return tuple(dict.fromkeys(pins)), tuple(findings)
