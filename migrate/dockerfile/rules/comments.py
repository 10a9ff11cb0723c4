"""Comments of steps that are taken out go where the step went, and the blank lines around it close up."""

from collections.abc import Iterator, Mapping

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.rules.layout import (
    above_comments,
    after_line,
    inner_comments,
    is_blank,
    is_blank_above,
    line_start,
)
from migrate.text import Edit


def comments(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Take the comments above out with their step, and one of two blank lines that would follow each other.

    before: # the frozen set / COPY requirements.txt . / (blank)
    after:  (the builder has the comment)
    """
    text = facts.dockerfile.text
    for index, end in _chains(facts, decision).items():
        instruction = facts.stage.steps[index].instruction
        own = line_start(text, instruction.start)
        start = above_comments(text, instruction) if _moves(facts, decision, end) else own
        if is_blank_above(text, start) and (end == len(text) or is_blank(text, end)) and start:
            start = line_start(text, start - 1)
        if start < own:
            yield Edit(start, own, "")


def moved(facts: Facts, decision: Decision) -> Mapping[str, tuple[str, ...]]:
    """Return the comments that the builder has from now on, by what they stand above: system, uv, files or sync."""
    found: dict[str, tuple[str, ...]] = {"system": (), "uv": (), "files": (), "sync": ()}
    if decision.role is not Role.SPLIT:
        return found
    text = facts.dockerfile.text
    chains = _chains(facts, decision)
    for index in sorted(decision.erased | ({decision.anchor} & decision.removed)):
        instruction = facts.stage.steps[index].instruction
        lines = inner_comments(facts.dockerfile, instruction)
        if index in chains and _moves(facts, decision, chains[index]):
            block = text[above_comments(text, instruction) : line_start(text, instruction.start)]
            lines = (*(line.strip() for line in block.splitlines()), *lines)
        found[_place(facts, decision, index)] += lines
    return found


def _chains(facts: Facts, decision: Decision) -> Mapping[int, int]:
    """Return the steps that are taken out, each with the offset behind it and those that directly follow it."""
    text = facts.dockerfile.text
    ends: dict[int, int] = {}
    for index in sorted(decision.erased, reverse=True):
        end = after_line(text, facts.stage.steps[index].instruction.end)
        later = index + 1
        follows = later in ends and line_start(text, facts.stage.steps[later].instruction.start) == end
        ends[index] = ends[later] if follows else end
    return ends


def _moves(facts: Facts, decision: Decision, end: int) -> bool:
    """Return whether the comments above steps that end there speak of them alone: nothing directly follows."""
    text = facts.dockerfile.text
    is_last = end == len(text) or is_blank(text, end) or text[end:].lstrip(" \t").startswith("#")
    return decision.role is Role.SPLIT and is_last


def _place(facts: Facts, decision: Decision, index: int) -> str:
    run = facts.runs.get(index)
    if run is None:
        return "sync" if decision.upon else "files"
    if any(step == index and change.builder for (step, _), change in decision.system.items()):
        return "system"
    brings = any(step == index and install.brings for (step, _), install in facts.installs.items())
    return "sync" if brings or decision.upon else "uv"
