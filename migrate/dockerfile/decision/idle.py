"""Which commands of apt have nothing left to do once packages have left the runtime."""

from collections.abc import Iterator, Mapping

from migrate.dockerfile.decision.packages import SystemPackages
from migrate.dockerfile.facts.apt import REMOVING
from migrate.dockerfile.facts.commands import cleans_apt
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.runs import Run

_Place = tuple[int, int]
_TIDYING = frozenset({"autoclean", "autoremove", "clean"})


def idle_commands(facts: Facts, system: Mapping[_Place, SystemPackages]) -> frozenset[_Place]:
    """Return the commands, by step and number, that install or remove nothing any more, and those that serve them.

    That is the update before an installation, the cleaning behind it, and the variable that listed its packages.
    """
    emptied = frozenset(_emptied(facts, system))
    idle = emptied | frozenset(_updates(facts, emptied))
    for index, run in facts.understood:
        calls = {number: call for number, call in run.apt.items() if not run.commands[number].depth}
        installs = {(index, number) for number, call in calls.items() if call.action not in {*REMOVING, *_TIDYING}}
        removals = {(index, number) for number, call in calls.items() if call.action in REMOVING}
        if installs | removals and installs | removals <= idle:
            idle |= {(index, number) for number, call in calls.items() if call.action in _TIDYING}
            idle |= {(index, number) for number, each in enumerate(run.commands) if cleans_apt(each.words)}
        elif removals and removals <= idle:
            idle |= {(index, number) for number, call in calls.items() if call.action == "autoremove"}
        idle |= frozenset(_variables(run, index, system, idle))
    return idle


def _emptied(facts: Facts, system: Mapping[_Place, SystemPackages]) -> Iterator[_Place]:
    for (index, number), change in system.items():
        run = facts.runs[index]
        if run and len(change.replaced) == len(run.apt[number].words) and not any(change.replaced.values()):
            yield index, number


def _updates(facts: Facts, emptied: frozenset[_Place]) -> Iterator[_Place]:
    """Yield each `apt-get update` that only serves installations which have nothing left to install."""
    is_base = any(facts.stage in stage.ancestors for stage in facts.stages)
    served: list[_Place] = []
    needs = is_base  # what comes behind the stage
    unknown = {index for index, run in facts.runs.items() if run is None}
    for index, run in reversed(list(facts.runs.items())):
        needs = needs or index in unknown
        for number, call in reversed(list(run.apt.items()) if run else []):
            place = (index, number)
            if call.action == "update":
                if served and not needs and run and not run.commands[number].depth:
                    yield place
                served, needs = [], False
            elif place in emptied:
                served += [place] if call.action not in REMOVING else []
            else:
                needs = needs or call.action not in {*REMOVING, *_TIDYING}


def _variables(
    run: Run, index: int, system: Mapping[_Place, SystemPackages], idle: frozenset[_Place]
) -> Iterator[_Place]:
    """Yield the assignments of the shell whose variables are used only where packages have left."""
    for number, command in enumerate(run.commands):
        if command.argv or not command.assignments or command.depth:
            continue
        names = [each.text.partition("=")[0] for each in command.assignments]
        users = [
            (other, i)
            for other, each in enumerate(run.commands)
            for i, word in enumerate(each.words)
            if any(name in word.text for name in names)
        ]
        if users and all(
            (index, other) in idle or i in getattr(system.get((index, other)), "replaced", ()) for other, i in users
        ):
            yield index, number
