"""ENV that names the folder of installed packages by its whole path."""

from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.text import Edit


def installed_places(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Name the folder in the virtual environment.

    before: ENV PYTHONPATH=/usr/local/lib/python3.12/site-packages:/app
    after:  ENV PYTHONPATH=/app/.venv/lib/python3.12/site-packages:/app
    """
    for step in facts.stage.steps if facts.site_packages and decision.role is not Role.JOINS else ():
        instruction = step.instruction
        if instruction.keyword != "ENV" or facts.site_packages is None:
            continue
        start, end = instruction.arguments_start, instruction.arguments_end
        for match in facts.site_packages.finditer(instruction.masked, start, end):
            yield Edit(*match.span(1), decision.venv)
