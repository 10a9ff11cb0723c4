"""Requirements files are not copied any more: the builder has pyproject.toml and uv.lock."""

from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.layout import replacement, without_words
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.text import Edit


def requirement_copies(facts: Facts, decision: Decision) -> Iterator[Edit | Finding]:
    """Take converted requirements files out of COPY.

    before: COPY requirements.txt entrypoint.sh ./
    after:  COPY entrypoint.sh ./
    """
    for index, gone in decision.copies.items():
        instruction = facts.stage.steps[index].instruction
        if index in decision.erased:
            is_split = decision.role is Role.SPLIT
            yield replacement(facts.dockerfile, instruction, "", comments=not is_split)
            continue
        is_json = instruction.arguments.startswith("[")
        edits = None if is_json else without_words(facts.dockerfile, [(f.start, f.end) for f in gone])
        if edits is None:
            yield kinds.STEP_UNCLEAR.at(
                facts.path, instruction.line, reason="a requirements file cannot be taken out of this COPY"
            )
        else:
            yield from edits
