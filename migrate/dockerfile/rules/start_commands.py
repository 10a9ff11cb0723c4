"""Start commands that name a program of the old installation by its whole path."""

from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.moved_programs import OLD_PLACE, moves
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.text import Edit


def start_commands(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Name the program in the virtual environment.

    before: CMD ["/usr/local/bin/gunicorn", "app:app"]
    after:  CMD ["/app/.venv/bin/gunicorn", "app:app"]
    """
    for _, step in facts.starts if decision.role is not Role.JOINS else ():
        instruction = step.instruction
        for match in OLD_PLACE.finditer(instruction.masked, instruction.arguments_start, instruction.arguments_end):
            if moves(facts, match[1]):
                yield Edit(*match.span(), f"{decision.venv}/bin/{match[1]}")
