"""`pip install --no-deps -r`: uv has to install the same packages, and no others that these ask for."""

from collections.abc import Iterator, Sequence

from migrate.dockerfile.decision.inline import needs_setuptools
from migrate.dockerfile.decision.shape import Part
from migrate.dockerfile.decision.told import told
from migrate.dockerfile.decision.wheels import wheels
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.requirements import read

_MOST_NAMES = 3


def exact_obstacles(part: Part, having: Sequence[Part]) -> Iterator[Finding]:
    """Yield why uv may not install exactly what a part names with --no-deps; `having`: all parts of its Dockerfile."""
    for (index, _), install in part.facts.installs.items():
        if install.is_exact and install.files and (reason := _reason(part, having)):
            yield kinds.PIP_UNCLEAR.at(part.facts.path, part.facts.line(index), reason=f"the option --no-deps {reason}")


def _reason(part: Part, having: Sequence[Part]) -> str | None:
    if any(_tells_more(each) for each in having):  # that has to be known before there is a lock, and this only then
        return "beside packages or settings in the Dockerfile"
    known = wheels(part)
    if known is None:
        return "without a lock for the Python of the image"
    more = sorted(known.names - _named(part))
    if not more:
        return None
    others = f" and {len(more) - _MOST_NAMES} more" if len(more) > _MOST_NAMES else ""
    return f"which leaves out {', '.join(more[:_MOST_NAMES])}{others},"


def _tells_more(part: Part) -> bool:
    facts = part.facts
    names = any(install.packages for install in facts.installs.values())
    return names or bool(told(facts)) or bool(needs_setuptools(facts))


def _named(part: Part) -> frozenset[str]:
    """Return the packages that the requirements files of a part, and of those that it stands on, name themselves."""
    repo = part.facts.target.repo
    found = (
        read(repo, file)
        for each in part.line
        for place, install in each.facts.installs.items()
        for written in install.files
        if (file := each.facts.context_file(*place, written))
    )
    return frozenset(one.package for each in found for one in (*each.requirements, *each.pins))
