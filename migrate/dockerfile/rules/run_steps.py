"""RUN without pip, and without what only builds."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.removals import removed_for_nothing
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.rules.alone import Alone
from migrate.dockerfile.rules.joined import with_uv
from migrate.dockerfile.rules.layout import replacement, without_words
from migrate.dockerfile.syntax.instruction import Dockerfile
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.text import Edit


def run_steps(facts: Facts, decision: Decision) -> Iterator[Edit | Finding]:
    """Take pip, compilers and headers out of RUN; an instruction with nothing left goes as a whole.

    before: RUN apt-get update && apt-get install -y gcc curl && pip install -r requirements.txt
    after:  RUN apt-get update && apt-get install -y curl
    """
    for index, run in facts.understood:
        if index in decision.removed:
            if index in decision.erased:
                is_split = decision.role is Role.SPLIT
                yield replacement(facts.dockerfile, run.step.instruction, "", comments=not is_split)
            continue
        doomed = decision.doomed.get(index, frozenset())
        changes = dict(_changes(facts, decision, index, run))
        has_joint = decision.joint is not None and decision.joint[0] == index
        idle = facts.idle_mounts(index)
        if not (doomed or changes or has_joint or idle):
            continue
        alone = Alone.of(facts.dockerfile, run)
        left = alone.without(doomed)
        text = _without_words(left, changes) if left else None
        if text is not None and idle:
            text = _without_mounts(facts.dockerfile, run, text, idle)
        if text is not None and left and has_joint:
            text = with_uv(facts, decision, left.again(text))
        if text is None:
            yield kinds.STEP_UNCLEAR.at(
                facts.path,
                run.step.instruction.line,
                reason="its commands depend on each other in an unclear way",
            )
        elif text != alone.text:
            yield Edit(run.step.instruction.start, run.step.instruction.end, text)


def _changes(facts: Facts, decision: Decision, index: int, run: Run) -> Iterator[tuple[int, Mapping[int, str | None]]]:
    """Yield the words that change in the commands of a RUN: packages of apt, and paths that are not there any more."""
    yield from ((number, change.replaced) for (step, number), change in decision.system.items() if step == index)
    for number in range(len(run.commands)):
        if gone := removed_for_nothing(facts, index, number):
            yield number, dict.fromkeys(gone)


def _without_mounts(dockerfile: Dockerfile, run: Run, text: str, idle: AbstractSet[tuple[int, int]]) -> str:
    """Return the text of a RUN, whose flags are as they were, without the idle ones."""
    instruction = run.step.instruction
    kept = [dockerfile.text[each.start : each.end] for each in instruction.flags if (each.start, each.end) not in idle]
    head = dockerfile.text[instruction.start : instruction.start + len("RUN")]
    return " ".join((head, *kept, text[instruction.arguments_start - instruction.start :]))


def _without_words(alone: Alone, changes: Mapping[int, Mapping[int, str | None]]) -> str | None:
    """Return the text of a RUN without the words that go, and with those that take the place of others."""
    edits: list[Edit] = []
    for number, command in alone.commands.items():
        words = {command.words[i]: library for i, library in changes.get(number, {}).items()}
        gone = [(word.start, word.end) for word, library in words.items() if not library]
        cuts = without_words(alone.dockerfile, gone)
        if cuts is None:
            return None
        edits += (*cuts, *(Edit(word.start, word.end, library) for word, library in words.items() if library))
    return alone.with_edits(edits)
