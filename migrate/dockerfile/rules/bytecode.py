"""The bytecode of the standard library, which the official images come without and which pip's run had left."""

import re
from collections.abc import Iterator

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.facts.stages import Stage, State
from migrate.dockerfile.facts.uv_pip import behind_uv
from migrate.dockerfile.rules.layout import after_line, behind, line_start
from migrate.dockerfile.rules.style import style_of
from migrate.dockerfile.syntax.instruction import Instruction
from migrate.text import Edit

# With all that these import, most of what programs import of the standard library; figures in docs/image-layout.md.
COMMENT = "# bytecode of Python's own library: compiled once here, not at every start"
_FEW = ("asyncio, http.server, importlib.metadata, urllib.request",)
_MANY = (
    "argparse, asyncio, fractions, html.parser, http.cookiejar, http.cookies, http.server,",
    "importlib.metadata, json, logging.config, pkgutil, platform, pprint, urllib.request, uuid",
)

_LIBRARY = re.compile(r"/usr/local(?:/lib(?:/python3\.\d+)?)?/?")
_ABOVE_LIBRARY = re.compile(rf"/(?:usr/?)?|{_LIBRARY.pattern}")
_SHORT = 2  # commands


def bytecode(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Import the most used modules of the standard library once, so that no start has to compile them.

    before: FROM python:3.12-slim
    after:  FROM python:3.12-slim  # …  RUN python -c "import asyncio, …"
    """
    stage = facts.stage
    is_official = stage.image is not None and stage.image.is_official_python
    had_it = any(_runs_pip(run) and _writes_bytecode(stage.steps[index]) for index, run in facts.understood)
    had_it = had_it and not any(_removes_bytecode(run) for _, run in facts.understood)
    had_it = had_it or any(map(_left_bytecode, _stages_of_copied_libraries(facts)))
    has_it_already = decision.role is Role.SPLIT and decision.upon is not None
    is_runtime = decision.role in {Role.SPLIT, Role.TAKES} and not has_it_already
    if not (is_runtime and is_official and had_it and _writes_bytecode(stage.base.end if stage.base else State())):
        return
    style = style_of(facts)
    first, *others = _MANY if decision.is_large else _FEW
    *lines, last = f'python -c "import {first}', *others
    step = style.instruction("RUN", *lines, f'{last}"')
    yield behind(facts.dockerfile, _above(facts, decision), f"{COMMENT}{style.newline}{step}")


def _runs_pip(run: Run) -> bool:
    """Whether a RUN calls pip itself: uv is no program of Python, and leaves none of its library's bytecode."""
    return any(behind_uv(run.commands[number].argv) is None for number in run.pip)


def _stages_of_copied_libraries(facts: Facts) -> Iterator[Stage]:
    """Yield the stages from which all of Python's library is copied, not its packages alone."""
    for step in (facts.stage.steps[index] for index in facts.exchange.taken):
        if step.from_stage and any(_LIBRARY.fullmatch(source.text) for source in step.sources):
            yield step.from_stage[0]


def _left_bytecode(stage: Stage) -> bool:
    found = [(step, run) for step, run in runs.of(stage) if run]
    left = any(_runs_pip(run) and _writes_bytecode(step) for step, run in found)
    return left and not any(_removes_bytecode(run) for _, run in found)


def _removes_bytecode(run: Run) -> bool:
    """Whether a RUN deletes the bytecode of the library, as it came with pip's run."""
    found = (each.words for each in run.commands if each.argv[:1] == ("find",))
    return any(
        any(re.search(r"\.py\[?[co]|__pycache__", word.text) for word in words)
        and any(_ABOVE_LIBRARY.fullmatch(word.text) for word in words[1:])
        for words in found
    )


def _above(facts: Facts, decision: Decision) -> Instruction:
    """Return what the line goes behind: FROM, or the last step above the environment where no short RUN is next to it.

    Two short RUN in a row look like one layer too many (hadolint's DL3059), and settings that follow each other belong
    together. Nothing above it may bring files, so that its layer stays.
    """
    above = place = facts.stage.start
    is_below_short = False
    for index, step in enumerate(facts.stage.steps):
        if above.keyword in {"ADD", "COPY"} or not _writes_bytecode(step):
            break
        if index in decision.erased:
            continue
        is_short = step.instruction.keyword == "RUN" and index not in decision.removed and _is_short(facts, index)
        place = place if is_below_short or is_short or _is_among_settings(facts, above, step.instruction) else above
        if index == decision.anchor or (place is above is facts.stage.start and not is_short):
            break
        above, is_below_short = step.instruction, is_short
    return place


def _is_among_settings(facts: Facts, above: Instruction, below: Instruction) -> bool:
    is_next = after_line(facts.dockerfile.text, above.end) == line_start(facts.dockerfile.text, below.start)
    return is_next and above.keyword == below.keyword and above.keyword in {"ARG", "ENV", "LABEL"}


def _is_short(facts: Facts, index: int) -> bool:
    run = facts.runs.get(index)
    return run is None or len(run.commands) <= _SHORT


def _writes_bytecode(at: State) -> bool:
    """Whether the image's own Python leaves the bytecode of its library there."""
    return at.is_root and not at.variables.get("PYTHONDONTWRITEBYTECODE")
