"""A stage that is the image of uv, and nothing else, goes if nothing names it any more."""

import re
from collections.abc import Collection, Iterator, Sequence

from migrate.dockerfile.facts.own_uv import is_copied, is_uv_alone, origins
from migrate.dockerfile.facts.stages import Stage, stage_called, stages
from migrate.dockerfile.rules.layout import above_comments, after_line, is_blank, is_blank_above, line_start
from migrate.dockerfile.syntax.instruction import Instruction
from migrate.dockerfile.syntax.parse import parse
from migrate.text import Edit, splice

_ABOUT_UV = re.compile(r"\buv\b", re.IGNORECASE)


def without_uv_stages(text: str, before: Sequence[Stage], asked: Collection[str]) -> str:
    """Return a Dockerfile without the stages of uv alone that were named `before` and are not any more.

    `asked` are the stages that builds ask for. Where a number means a stage, all of them stay.

    before: FROM ghcr.io/astral-sh/uv:0.5.7 AS uv / (blank) / FROM python:3.12-slim AS builder
    after:  FROM python:3.12-slim AS builder
    """
    served = {stage.name.lower() for stage in _named(before) if stage.name and is_uv_alone(stage)}
    if not served or any(map(str.isdecimal, asked)):
        return text
    dockerfile = parse(text)
    after = stages(dockerfile)
    if any(origin.isdecimal() for stage in after for step in stage.steps for _, origin in origins(step)):
        return text
    named = {stage.index for stage in _named(after)}
    idle = (stage for stage in after[:-1] if is_uv_alone(stage) and stage.index not in named)
    over = served - {name.lower() for name in asked}
    gone = [stage for stage in idle if stage.name and stage.name.lower() in over]
    return splice(text, [edit for stage in gone for edit in _without(text, stage, _copy_of_uv(after[stage.index :]))])


def _named(found: Sequence[Stage]) -> Iterator[Stage]:
    """Yield the stages that others copy from, mount or are built upon."""
    for stage in found:
        if stage.base:
            yield stage.base
        for step in stage.steps:
            yield from filter(None, (stage_called(origin, step.earlier) for _, origin in origins(step)))


def _copy_of_uv(found: Sequence[Stage]) -> Instruction | None:
    return next((step.instruction for stage in found for step in stage.steps if is_copied(step)), None)


def _without(text: str, stage: Stage, copy: Instruction | None) -> Iterator[Edit]:
    """Yield the edits that take a stage out; the comments above it go to the COPY of uv if they speak of that."""
    own, end = line_start(text, stage.start.start), after_line(text, stage.start.end)
    start = above_comments(text, stage.start)
    if copy and start and all(map(_ABOUT_UV.search, text[start:own].splitlines())):
        place = above_comments(text, copy)
        yield Edit(place, place, text[start:own])
    else:
        start = own
    if is_blank_above(text, start) and is_blank(text, end):
        end = after_line(text, end)
    yield Edit(start, end, "")
