"""Build arguments with credentials of an index: the builder has them, so that no layer of the runtime knows them."""

import re
from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.facts.commands import PLAIN_PROGRAMS
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.layout import replacement
from migrate.text import Edit

_PLAIN = {(program,) for program in PLAIN_PROGRAMS}


def build_arguments(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Take an ARG out of the runtime that only gave the credentials of an index.

    before: ARG TOKEN … RUN pip install -i https://$TOKEN@pypi.example/simple -r requirements.txt
    after:  (the builder has ARG TOKEN)
    """
    names = {argument.partition("=")[0] for argument in decision.credentials.arguments}
    for step in facts.stage.steps if names else ():
        if step.instruction.keyword == "ARG" and {pair.name for pair in step.assigned} <= {
            name for name in names if not _is_used(facts, decision, name)
        }:
            yield replacement(facts.dockerfile, step.instruction, "")


def _is_used(facts: Facts, decision: Decision, name: str) -> bool:
    """Whether what stays of the stage may read a build argument."""
    for index, step in enumerate(facts.stage.steps):
        run = facts.runs.get(index)
        if step.instruction.keyword == "ARG" or (run and index in decision.removed):
            continue
        if step.instruction.keyword == "RUN" and run is None:
            return True
        doomed = decision.doomed.get(index, frozenset())
        for number, command in enumerate(run.commands if run else ()):
            written = facts.dockerfile.masked[command.start : command.end]
            if number not in doomed and (name in written or command.argv[:1] not in _PLAIN):
                return True
        if run is None and re.search(rf"\b{name}\b", step.instruction.arguments):
            return True
    return False
