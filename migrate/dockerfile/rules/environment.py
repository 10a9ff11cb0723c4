"""The virtual environment in the runtime: copied from the builder, first on PATH."""

import re
from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.layout import behind, in_front, replacement, without_words
from migrate.dockerfile.rules.style import style_of
from migrate.text import Edit


def environment(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Put the environment where the packages were installed, or in front of the code if that came first.

    before: RUN pip install -r requirements.txt
    after:  COPY --from=builder /app/.venv /app/.venv
            ENV PATH="/app/.venv/bin:$PATH"
    """
    if decision.role not in {Role.SPLIT, Role.TAKES}:
        return
    style = style_of(facts)
    if decision.role is Role.TAKES:
        yield from _other_products(facts, decision)
    instruction = facts.stage.steps[decision.anchor].instruction
    flags = _flags_of_product(facts, decision)
    text = style.instruction("COPY", f"--from={decision.builder} {flags}{decision.venv} {decision.venv}")
    if decision.extends_path and not tuple(_in_path(facts, decision)):
        text += style.instruction("ENV", f'PATH="{decision.venv}/bin:$PATH"')
    if decision.anchor in decision.removed:
        yield replacement(facts.dockerfile, instruction, text, comments=decision.role is not Role.SPLIT)
    elif decision.environment_goes_behind:
        yield behind(facts.dockerfile, instruction, text)
    else:
        yield in_front(facts.dockerfile, instruction, text)


def _flags_of_product(facts: Facts, decision: Decision) -> str:
    """Return the flags of the COPY that brings the environment, other than where it is from.

    They are those of the COPY in whose place it comes; an environment that another user than root had made stays his.
    """
    step = facts.stage.steps[decision.anchor]
    if decision.anchor not in facts.exchange.taken:
        is_of_user = facts.environments.path is not None and not step.is_root
        return f"--chown={step.user} " if is_of_user and decision.role is Role.SPLIT else ""
    flags = (flag for flag in step.instruction.flags if flag.name != "from")
    return "".join(f"{facts.dockerfile.text[flag.start : flag.end]} " for flag in flags)


def _other_products(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Take out the other copies of what the builder had made, and name the environment where PATH named it."""
    places = facts.exchange.places
    for index in sorted(facts.exchange.taken - {decision.anchor}):
        yield replacement(facts.dockerfile, facts.stage.steps[index].instruction, "")
    yield from _in_path(facts, decision)
    for step in facts.stage.steps:
        found = step.assigned if step.instruction.keyword == "ENV" else ()
        idle = [pair for pair in found if pair.name == "PYTHONPATH" and step.path(pair.value or "") in places]
        if idle and len(idle) == len(found):
            yield replacement(facts.dockerfile, step.instruction, "")
        elif idle:
            yield from without_words(facts.dockerfile, [(pair.start, pair.end) for pair in idle]) or ()


def _in_path(facts: Facts, decision: Decision) -> Iterator[Edit]:
    pattern = facts.exchange.path
    for step in facts.stage.steps:
        instruction = step.instruction
        if instruction.keyword != "ENV" or pattern is None:
            continue
        for pair in step.assigned:
            match = pattern.search(instruction.masked, pair.start, pair.end) if pair.name == "PATH" else None
            if match and _comes_first(instruction.masked[pair.start : pair.end], match.start() - pair.start):
                yield Edit(*match.span(), f"{decision.venv}/bin")


def _comes_first(value: str, offset: int) -> bool:
    """Whether a folder stands in front of the inherited PATH, so that its programs are found first."""
    inherited = re.search(r"\$\{?PATH\b", value)
    return inherited is not None and offset < inherited.start()
