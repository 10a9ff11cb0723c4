"""What becomes of Alpine's packages: what compiles is installed in the builder; what was removed again goes."""

from migrate.dockerfile.facts import apk
from migrate.dockerfile.facts.commands import is_plain
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import Run, argv


def build_packages(facts: Facts) -> tuple[str, ...]:
    """Return what the builder needs: the packages of each `apk add` before pip that installs something to compile."""
    found: dict[str, None] = {}
    for index, run in facts.understood:
        for command in run.commands if index <= max(facts.dependency_steps, default=-1) else ():
            call = apk.read(argv(command))
            if call and call.builds and not command.depth:
                found |= dict.fromkeys(call.packages)
    return tuple(found)


def removed_again(run: Run) -> frozenset[int]:
    """Return the commands of a RUN that install packages under one name, and remove that name again.

    Nothing if another command than pip, apk and plain ones stands in the RUN, which may need them.
    """
    calls = {number: call for number, each in enumerate(run.commands) if (call := apk.read(argv(each)))}
    if any(number not in run.pip and not is_plain(argv(each)) for number, each in enumerate(run.commands)):
        return frozenset()
    added = {call.virtual: number for number, call in calls.items() if call.action == "add" and call.virtual}
    return frozenset(
        each
        for number, call in calls.items()
        if call.action == "del" and len(call.packages) == 1 and (add := added.get(call.packages[0])) is not None
        for each in (add, number)
        if run.pip and not run.commands[each].depth
    )
