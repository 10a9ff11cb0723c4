"""RUN without pip, and without what only builds."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from migrate.dockerfile.decision.decide import Decision
from migrate.dockerfile.decision.shape import Role
from migrate.dockerfile.facts import runs
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.removals import removed_for_nothing
from migrate.dockerfile.facts.runs import Run
from migrate.dockerfile.facts.stages import stages
from migrate.dockerfile.rules.joined import with_uv
from migrate.dockerfile.rules.layout import replacement, without_words
from migrate.dockerfile.shell.chains import without
from migrate.dockerfile.syntax.instruction import Dockerfile
from migrate.dockerfile.syntax.parse import parse
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds
from migrate.text import Edit, newline_of, splice


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
        text = _without_commands(facts.dockerfile, run, doomed)
        if text is not None:
            text = _without_words(facts.dockerfile, text, run, doomed, changes)
        if text is not None and idle:
            text = _without_mounts(facts.dockerfile, run, text, idle)
        if text is not None and has_joint:
            text = with_uv(facts, decision, text)
        if text is None:
            yield kinds.STEP_UNCLEAR.at(
                facts.path,
                run.step.instruction.line,
                reason="its commands depend on each other in an unclear way",
            )
        elif text != _text(facts.dockerfile, run):
            yield Edit(run.step.instruction.start, run.step.instruction.end, text)


def _changes(facts: Facts, decision: Decision, index: int, run: Run) -> Iterator[tuple[int, Mapping[int, str | None]]]:
    """Yield the words that change in the commands of a RUN: packages of apt, and paths that are not there any more."""
    yield from ((number, change.replaced) for (step, number), change in decision.system.items() if step == index)
    for number in range(len(run.commands)):
        if gone := removed_for_nothing(facts, index, number):
            yield number, dict.fromkeys(gone)


def _text(dockerfile: Dockerfile, run: Run) -> str:
    return dockerfile.text[run.step.instruction.start : run.step.instruction.end]


def _without_commands(dockerfile: Dockerfile, run: Run, doomed: frozenset[int]) -> str | None:
    if not doomed:
        return _text(dockerfile, run)
    edits = without(dockerfile, run.commands, doomed)
    start = run.step.instruction.start
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits or ()]
    return None if edits is None else splice(_text(dockerfile, run), moved)


def _without_mounts(dockerfile: Dockerfile, run: Run, text: str, idle: AbstractSet[tuple[int, int]]) -> str:
    """Return the text of a RUN, whose flags are as they were, without the idle ones."""
    instruction = run.step.instruction
    kept = [dockerfile.text[each.start : each.end] for each in instruction.flags if (each.start, each.end) not in idle]
    head = dockerfile.text[instruction.start : instruction.start + len("RUN")]
    return " ".join((head, *kept, text[instruction.arguments_start - instruction.start :]))


def _without_words(
    dockerfile: Dockerfile,
    text: str,
    run: Run,
    doomed: frozenset[int],
    changes: Mapping[int, Mapping[int, str | None]],
) -> str | None:
    """Return the text of a RUN, from which the doomed commands are gone already, without the words that go."""
    newline = newline_of(dockerfile.text)
    head = f"# escape={dockerfile.escape}{newline}FROM scratch{newline}"
    alone = parse(head + text)
    new = runs.read(stages(alone)[0].steps[0])
    staying = [number for number in range(len(run.commands)) if number not in doomed]
    if new is None or len(new.commands) != len(staying):
        return None
    edits: list[Edit] = []
    for number, command in zip(staying, new.commands, strict=True):
        change = changes.get(number, {})
        gone = [(command.words[i].start, command.words[i].end) for i, library in change.items() if not library]
        cuts = without_words(alone, gone)
        if cuts is None:
            return None
        edits += cuts
        edits += (
            Edit(command.words[i].start, command.words[i].end, library) for i, library in change.items() if library
        )
    return splice(alone.text, edits)[len(head) :]
