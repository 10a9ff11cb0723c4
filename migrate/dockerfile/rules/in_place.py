"""A stage that already builds for others: uv makes the environment where pip had installed."""

from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.builder import installation, preparation, project
from migrate.dockerfile.rules.layout import behind, in_front, replacement
from migrate.dockerfile.rules.style import style_of
from migrate.text import Edit


def in_place(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Let uv install in the place of pip, or behind what is left of its RUN; in front of what changes the environment.

    before: RUN pip install --prefix=/install -r requirements.txt
    after:  COPY --from=ghcr.io/astral-sh/uv … COPY pyproject.toml uv.lock ./ … RUN uv sync …
    """
    if decision.role is not Role.MAKES:
        return
    style = style_of(facts)
    folder = facts.stage.steps[decision.anchor].workdir
    is_elsewhere = folder == "/" and decision.upon is None
    is_at_once = decision.layer is None or decision.layer.step == decision.anchor
    text = "".join(
        (
            *preparation(facts, decision),
            *([style.instruction("WORKDIR", decision.project)] if is_elsewhere else []),
            *installation(facts, decision, leaves_all_to_the_project=is_at_once),
            *(project(facts, decision, has_code=True) if is_at_once else ()),
        )
    )
    if is_elsewhere and (len(facts.stage.steps) > decision.anchor + 1 or not decision.environment_goes_behind):
        text += style.instruction("WORKDIR", folder)
    if decision.extends_path and _is_needed_later(facts, decision):
        text += style.instruction("ENV", f'PATH="{decision.venv}/bin:$PATH"')
    yield _in_place_of(facts, decision, decision.anchor, text)
    if decision.layer and not is_at_once:
        text = "".join(project(facts, decision, has_code=True))
        yield _in_place_of(facts, decision, decision.layer.step, text)


def _in_place_of(facts: Facts, decision: Decision, index: int, text: str) -> Edit:
    """Return the edit that puts a text in the place of a step, or next to what is left of it."""
    instruction = facts.stage.steps[index].instruction
    if index in decision.removed:
        return replacement(facts.dockerfile, instruction, text)
    if index == decision.anchor and not decision.environment_goes_behind:
        return in_front(facts.dockerfile, instruction, text)
    return behind(facts.dockerfile, instruction, text)


def _is_needed_later(facts: Facts, decision: Decision) -> bool:
    """Whether a later step of the stage, or of one that is built upon it, may use the packages."""
    later = enumerate(facts.stage.steps[decision.anchor + 1 :], decision.anchor + 1)
    left = (step for index, step in later if index not in decision.removed)
    runs = (step for step in left if step.instruction.keyword in {"RUN", "CMD", "ENTRYPOINT"})
    return any(runs) or any(stage.base is facts.stage for stage in facts.stages)
