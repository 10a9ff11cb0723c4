"""Packages that a Dockerfile names itself, as in `pip install gunicorn==23`: they become dependencies."""

from collections.abc import Iterator

from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.pip import Install
from migrate.requirements import Requirement, contradict, implies, requirement


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
    found: list[Requirement] = []
    for (index, _), install in sorted(facts.installs.items()):
        for text in install.packages:
            new = requirement(text, facts.path, facts.line(index))
            if new and not any(implies(present, new.spec) for present in known):
                known.append(new.spec)
                found.append(new)
    return tuple(found)
