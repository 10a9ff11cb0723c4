"""The virtual environment in the runtime: copied from the builder, first on PATH."""

from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.layout import Style, above_comments, after_line, is_blank_above, replacement
from migrate.text import Edit


def environment(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Put the environment where the packages were installed, or in front of the code if that came first.

    before: RUN pip install -r requirements.txt
    after:  COPY --from=builder /app/.venv /app/.venv
            ENV PATH="/app/.venv/bin:$PATH"
    """
    style = Style.of(facts.dockerfile)
    instruction = facts.stage.steps[decision.anchor].instruction
    text = style.instruction("COPY", f"--from={decision.builder} {decision.venv} {decision.venv}")
    if decision.extends_path:
        text += style.instruction("ENV", f'PATH="{decision.venv}/bin:$PATH"')
    if decision.removes(facts, decision.anchor):
        yield replacement(facts.dockerfile, instruction, text)
    elif decision.environment_goes_behind:
        position = after_line(facts.dockerfile.text, instruction.end)
        missing = "" if facts.dockerfile.text[:position].endswith("\n") else style.newline
        yield Edit(position, position, missing + text)
    else:
        position = above_comments(facts.dockerfile.text, instruction)
        blank = style.newline if is_blank_above(facts.dockerfile.text, position) else ""
        yield Edit(position, position, text + blank)
