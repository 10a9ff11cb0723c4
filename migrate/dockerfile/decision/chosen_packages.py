"""Packages that a Dockerfile names under a condition on a build argument: a dependency group that it chooses."""

import re
from collections.abc import Iterator

from migrate.dockerfile.decision.inline import Inline, group_name
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import USED
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.requirements import requirement


def chosen_group(facts: Facts, index: int) -> str | None:
    """Return the dependency group of the packages of a step under a condition, named after the build argument.

    None if there are several such commands for one argument, or if the step uses more than one: which command a group
    belongs to would not be told by its name.
    """
    names = _arguments(facts, index)
    if len(names) != 1 or sum(names == _arguments(facts, step) for step, _ in _places(facts)) > 1:
        return None
    return group_name(facts, re.sub(r"[^a-z0-9]+", "-", min(names).lower()).strip("-"))


def chosen_packages(facts: Facts) -> Iterator[Inline]:
    """Yield the groups of a stage without obstacles, with their packages."""
    for index, number in _places(facts):
        texts = facts.installs[index, number].packages
        found = (requirement(text, facts.path, facts.line(index), facts.target.repo) for text in texts)
        yield Inline(tuple(filter(None, found)), chosen_group(facts, index))


def chosen_findings(facts: Facts) -> Iterator[Finding]:
    """Yield what there is to say about packages that become a group because a build may choose them."""
    for each in chosen_packages(facts):
        packages = ", ".join(one.text for one in each.requirements)
        line = each.requirements[0].line
        yield kinds.INLINE_GROUP.at(facts.path, line, packages=packages, group=each.group)


def _arguments(facts: Facts, index: int) -> set[str]:
    return set(USED.findall(facts.stage.steps[index].instruction.arguments))


def _places(facts: Facts) -> list[tuple[int, int]]:
    return [place for place, install in facts.installs.items() if install.packages and facts.is_conditional(*place)]
