"""What a Dockerfile names itself, as in `pip install gunicorn==23`: it becomes part of pyproject.toml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrate.dockerfile.decision.told import Told, told
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.pip import Install
from migrate.requirements import Index, Line, Requirement, Setting, Source, contradict, implies, requirement


@dataclass(frozen=True, slots=True)
class Inline:
    """What a Dockerfile tells pip itself: packages, indexes and settings with their line, and which index gives what.

    `sources` is by package; such an index serves only packages that are named together with it.
    """

    requirements: tuple[Requirement, ...] = ()
    told: tuple[tuple[Line, Index | Setting], ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Facts) -> "Inline":
        """Return what a stage without obstacles tells pip."""
        lines = tuple((_line(facts, each), each.what) for each in told(facts))
        return cls(inline_requirements(facts), lines, sources(facts))


def _line(facts: Facts, each: Told) -> Line:
    what = each.what
    if isinstance(what, Index):
        option = "--index-url" if what.is_default else "--extra-index-url"
        return Line(facts.path, each.line, f"{option} {what.url}", f"[[tool.uv.index]] {what.name}")
    return Line(facts.path, each.line, f"{what.key} {what.value}", f"[tool.uv] {what.key}")


def inline_obstacles(facts: Facts, install: Install) -> Iterator[str]:
    """Yield why packages that a `pip install` names cannot become dependencies."""
    if not install.packages:
        return
    named = f"installing {' '.join(install.packages)}"
    if not any(each.files for each in facts.installs.values()):
        yield f"{named} without a requirements file"
    elif facts.target.is_shared:
        yield f"{named} in one of several Dockerfiles"
    for text in install.packages:
        found = requirement(text, facts.path, 0)
        if found is None:
            yield f"installing {text}"
            continue
        against = (each.place for each in facts.target.requirements if contradict(found.spec, each.spec))
        yield from (f"installing {text}, which {place} excludes," for place in against)


def inline_requirements(facts: Facts) -> tuple[Requirement, ...]:
    """Return the packages that a stage without obstacles names itself and that its requirements files do not say."""
    known = [each.spec for each in facts.target.requirements]
    origins = sources(facts)
    found: list[Requirement] = []
    for (index, _), install in sorted(facts.installs.items()):
        for text in install.packages:
            new = requirement(text, facts.path, facts.line(index))
            if new and not any(implies(present, new.spec) for present in known):
                known.append(new.spec)
                found.append(replace(new, source=origins.get(new.package)))
    return tuple(found)


def sources(facts: Facts) -> dict[str, Source]:
    """Return where packages come from that a `pip install` names together with an index for them alone."""
    return {
        named.package: Source((("index", each.what.name),))
        for each in told(facts)
        for text in each.packages or ()
        if isinstance(each.what, Index) and (named := requirement(text, facts.path, each.line))
    }
