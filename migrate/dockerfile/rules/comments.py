"""Comments of steps that are taken out go where the step went, and the blank lines around it close up.

Those of a step that has no counterpart, as of `pip install --upgrade pip`, would say something untrue above another
one: a line below them says that they speak of nothing any more. A comment that says who installs names uv in the place
of pip, or has a line below it where it gives a reason.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.pip import read_setting
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.rules.layout import (
    above_comments,
    after_line,
    comments_inside,
    inner_comments,
    is_blank,
    is_blank_above,
    line_start,
)
from migrate.dockerfile.rules.style import style_of
from migrate.dockerfile.syntax.instruction import Instruction
from migrate.once import once
from migrate.text import Edit

IDLE = "# (not needed with uv)"
BY_UV = "# (uv does so now)"
_BY_PIP = re.compile(r"\b(?:by|through|using|via|with)\s+(?P<pip>(?:python3?\s+-m\s+)?pip3?)\b(?!-)", re.IGNORECASE)
_PIP = re.compile(r"\bpip", re.IGNORECASE)
# What stands behind it where pip is who installs and nothing is said of how, and words that say why it is pip.
_END = re.compile(r"\s*(?:[.,;:!)]\s|[.!)]?$|\s(?:for|from|in|inside|into|to)\b)")
_REASON = re.compile(
    r"n't\b|\b(?:although|as|because|but|cannot|instead|never|no|not|only|rather|since|still|than|unlike|yet)\b",
    re.IGNORECASE,
)
# A comment that speaks of the installers alone, whatever step follows.
_OF_INSTALLERS = re.compile(
    r"#\s*(?:(?:always|first|now)\W\s*)?(?:upgrade|upgrading|update|updating)\s+(?:the\s+)?(?:python\s+)?"
    r"pip3?(?:(?:,|\s+and|\s*&|,\s+and)?\s+(?:setuptools|wheel))*(?:\s+to\s+(?:the\s+)?latest(?:\s+version)?)?\W*",
    re.IGNORECASE,
)

_OF_PIP = re.compile(
    r"\b(?:pip3?|uv|requirements)\b|\bpython3?\s+(?:packages|dependencies|requirements|modules|libraries)\b",
    re.IGNORECASE,
)


def comments(facts: Facts, decision: Decision) -> Iterator[Edit]:
    """Take the comments above out with their step, and one of two blank lines that would follow each other.

    before: # the frozen set / COPY requirements.txt . / (blank)
    after:  (the builder has the comment)
    """
    text = facts.dockerfile.text
    for index, chain in _chains(facts, decision).items():
        instruction = facts.stage.steps[index].instruction
        own, end = line_start(text, instruction.start), _end(facts, chain)
        start = above_comments(text, instruction)
        if start < own and decision.role is not Role.SPLIT and _is_untrue(facts, decision, chain):
            yield Edit(own, own, f"{IDLE}{style_of(facts).newline}")
        start = start if _leaves(facts, decision, chain) else own
        if is_blank_above(text, start) and (end == len(text) or is_blank(text, end)) and start:
            start = line_start(text, start - 1)
        if start < own:
            yield Edit(start, own, "")
    if _says_who_installs(facts, decision):
        instruction = facts.stage.steps[decision.anchor].instruction
        start, own = above_comments(text, instruction), line_start(text, instruction.start)
        if decision.role is Role.SPLIT:
            yield Edit(start, own, "")
        else:
            yield from _in_place(facts, start, own)


@once
def moved(facts: Facts, decision: Decision) -> Mapping[str, tuple[str, ...]]:
    """Return the comment lines that the builder has from now on, by what they stand above: system, uv, files, sync."""
    found: dict[str, tuple[str, ...]] = {"system": (), "uv": (), "files": (), "sync": ()}
    idle: tuple[str, ...] = ()
    for place, line in _fates(facts, decision) if decision.role is Role.SPLIT else ():
        if place:
            found[place] += (line,)
        else:
            idle += (line,)
    found["uv"] = (*idle, *([IDLE] if idle else []), *found["uv"])
    found |= {place: _told_of_uv(found[place]) for place in ("files", "sync")}
    newline = style_of(facts).newline
    return {place: tuple(f"{line}{newline}" for line in lines) for place, lines in found.items()}


def _told_of_uv(lines: Sequence[str]) -> tuple[str, ...]:
    """Return comments that say that pip installs, with uv in its place; if they say more of pip, with a line below."""
    found = [_BY_PIP.search(line) for line in lines]
    if not any(found):
        return tuple(lines)
    is_all = all(
        len(_PIP.findall(line)) == bool(match)
        and not _REASON.search(line)
        and (not match or _END.match(line, match.end()))
        for line, match in zip(lines, found, strict=True)
    )
    if not is_all:
        return (*lines, BY_UV)
    return tuple(
        f"{line[: match.start('pip')]}uv{line[match.end() :]}" if match else line
        for line, match in zip(lines, found, strict=True)
    )


def _in_place(facts: Facts, start: int, end: int) -> Iterator[Edit]:
    """Yield the edits after which the comments in a span say that uv installs."""
    lines = facts.dockerfile.text[start:end].splitlines(keepends=True)
    told = _told_of_uv([line.strip() for line in lines])
    for line, new in zip(lines, told, strict=False):
        if line.strip() != new:
            yield Edit(start, start + len(line), line.replace(line.strip(), new))
        start += len(line)
    if len(told) > len(lines):
        yield Edit(end, end, f"{told[-1]}{style_of(facts).newline}")


def _fates(facts: Facts, decision: Decision) -> Iterator[tuple[str | None, str]]:
    """Yield each comment that goes to the builder: where in it, or None if it speaks of nothing there, and its line."""
    chains = _chains(facts, decision)
    if _says_who_installs(facts, decision):
        yield from (("sync", line) for line in _above(facts, facts.stage.steps[decision.anchor].instruction))
    for index in sorted(decision.erased | ({decision.anchor} & decision.removed)):
        chain = chains.get(index, ())
        if chain and _leaves(facts, decision, chain):
            place = None if _is_untrue(facts, decision, chain) else _place(facts, decision, chain)
            yield from ((place, line) for line in _above(facts, facts.stage.steps[index].instruction))
        yield from _inside(facts, decision, index)


def _says_who_installs(facts: Facts, decision: Decision) -> bool:
    """Whether the comments above the step that is replaced by the environment, or by uv, say that pip installs."""
    if decision.role not in {Role.SPLIT, Role.MAKES} or decision.anchor not in decision.removed & {
        *facts.dependency_steps
    }:
        return False
    return any(map(_BY_PIP.search, _above(facts, facts.stage.steps[decision.anchor].instruction)))


def _above(facts: Facts, instruction: Instruction) -> Iterator[str]:
    text = facts.dockerfile.text
    block = text[above_comments(text, instruction) : line_start(text, instruction.start)]
    yield from (line.strip() for line in block.splitlines())


def _inside(facts: Facts, decision: Decision, index: int) -> Iterator[tuple[str | None, str]]:
    """Yield the comments inside of a step, each with where the commands go that follow it up to the next one."""
    instruction, run = facts.stage.steps[index].instruction, facts.runs.get(index)
    whole = _place(facts, decision, [index])
    if run is None or instruction.heredocs:
        yield from ((whole, line) for line in inner_comments(facts.dockerfile, instruction))
        return
    places = comments_inside(facts.dockerfile, instruction.start, instruction.end)
    for start, line in places:
        behind = [number for number, each in enumerate(run.commands) if each.start > start]
        until = min((at for at, _ in places if behind and at > run.commands[behind[0]].start), default=instruction.end)
        meant = [number for number in behind if run.commands[number].start < until]
        place = _of_commands(facts, decision, index, meant) if meant else whole
        yield place, line


def _chains(facts: Facts, decision: Decision) -> Mapping[int, tuple[int, ...]]:
    """Return the steps that are taken out, each with itself and those that directly follow it."""
    text = facts.dockerfile.text
    chains: dict[int, tuple[int, ...]] = {}
    for index in sorted(decision.erased, reverse=True):
        end, later = _end(facts, (index,)), index + 1
        follows = later in chains and line_start(text, facts.stage.steps[later].instruction.start) == end
        chains[index] = (index, *(chains[later] if follows else ()))
    return chains


def _end(facts: Facts, chain: tuple[int, ...]) -> int:
    return after_line(facts.dockerfile.text, facts.stage.steps[chain[-1]].instruction.end)


def _leaves(facts: Facts, decision: Decision, chain: tuple[int, ...]) -> bool:
    """Return whether the comments above a chain of steps go to the builder."""
    return decision.role is Role.SPLIT and (_is_alone(facts, chain) or _is_untrue(facts, decision, chain))


def _is_untrue(facts: Facts, decision: Decision, chain: tuple[int, ...]) -> bool:
    """Return whether the comments above a chain of steps speak of nothing that is left."""
    lines = tuple(_above(facts, facts.stage.steps[chain[0]].instruction))
    if lines and all(map(_OF_INSTALLERS.fullmatch, lines)):
        return _place(facts, decision, chain[:1]) is None
    return _is_alone(facts, chain) and _place(facts, decision, chain) is None


def _is_alone(facts: Facts, chain: tuple[int, ...]) -> bool:
    """Return whether the comments above a chain of steps speak of them alone: by their words, or as none follows."""
    text, end = facts.dockerfile.text, _end(facts, chain)
    if any(map(_OF_PIP.search, _above(facts, facts.stage.steps[chain[0]].instruction))):
        return True
    return end == len(text) or is_blank(text, end) or text[end:].lstrip(" \t").startswith("#")


def _place(facts: Facts, decision: Decision, chain: Iterable[int]) -> str | None:
    """Return where in the builder the first of several steps is that has a counterpart; None if none has."""
    for index in chain if decision.role is not Role.TAKES else ():
        run = facts.runs.get(index)
        if index in facts.uv.copies:
            return None if decision.upon else "uv"
        if run is None:
            return "sync" if decision.upon else "files"
        if place := _of_commands(facts, decision, index, range(len(run.commands))):
            return place
    return None


def _of_commands(facts: Facts, decision: Decision, index: int, numbers: Iterable[int]) -> str | None:
    run, places = facts.runs[index], [(index, number) for number in numbers]
    if any(place in decision.system and decision.system[place].builder for place in places):
        return "system"
    if any(place in facts.installs and facts.installs[place].brings for place in places):
        return "sync"
    if run and decision.apk and any(run.commands[number].argv[:1] == ("apk",) for _, number in places):
        return "system"
    if run and decision.upon is None and any(_brings_uv(facts, run, place) for place in places):
        return "uv"
    if run and any(place in facts.environments.made or read_setting(run.pip.get(place[1]) or ()) for place in places):
        return "sync" if decision.upon else "uv"
    return None


def _brings_uv(facts: Facts, run: Run, place: tuple[int, int]) -> bool:
    return place in facts.uv.installer or any(map(facts.uv.is_meant, run.pip.get(place[1]) or ()))
