"""A stage that already builds for others: uv makes the environment where pip had installed."""

from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.builder import installation, preparation
from migrate.dockerfile.rules.layout import Style, after_line, replacement
from migrate.text import Edit


def in_place(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Let uv install in the place of pip, or behind what is left of its RUN.

    before: RUN pip install --prefix=/install -r requirements.txt
    after:  COPY --from=ghcr.io/astral-sh/uv … COPY pyproject.toml uv.lock ./ … RUN uv sync …
    """
    if decision.role is not Role.MAKES:
        return
    style = Style.of(facts.dockerfile)
    instruction = facts.stage.steps[decision.anchor].instruction
    folder = facts.stage.steps[decision.anchor].workdir
    is_elsewhere = folder == "/" and decision.upon is None
    text = "".join(
        (
            *preparation(facts, decision, style),
            *([style.instruction("WORKDIR", decision.project)] if is_elsewhere else []),
            *installation(decision, style),
        )
    )
    if is_elsewhere and len(facts.stage.steps) > decision.anchor + 1:
        text += style.instruction("WORKDIR", folder)
    if decision.extends_path and _is_needed_later(facts, decision):
        text += style.instruction("ENV", f'PATH="{decision.venv}/bin:$PATH"')
    if decision.removes(facts, decision.anchor):
        yield replacement(facts.dockerfile, instruction, text)
    else:
        position = after_line(facts.dockerfile.text, instruction.end)
        missing = "" if facts.dockerfile.text[:position].endswith("\n") else style.newline
        yield Edit(position, position, missing + text)


def _is_needed_later(facts: Facts, decision: Decision) -> bool:
    """Whether a later step of the stage, or of one that is built upon it, may use the packages."""
    later = facts.stage.steps[decision.anchor + 1 :]
    runs = (step for step in later if step.instruction.keyword in {"RUN", "CMD", "ENTRYPOINT"})
    return any(runs) or any(stage.base is facts.stage for stage in facts.stages)
