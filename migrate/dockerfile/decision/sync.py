"""What `uv sync` has to install in a stage."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from migrate.dockerfile.decision.chosen_packages import chosen_group
from migrate.dockerfile.decision.inline import group_of
from migrate.dockerfile.decision.shape import Part
from migrate.dockerfile.facts.facts import Facts, Target
from migrate.dockerfile.facts.pip import Install
from migrate.lockfile import Selection
from migrate.once import once
from migrate.requirements import read

_NOTHING: Mapping[str, str] = MappingProxyType({})


def sync_options(
    part: Part, chosen: Mapping[str, str] = _NOTHING, also: tuple[int, int] | None = None
) -> tuple[str, ...]:
    """Return what `uv sync` is told so that it installs what pip had installed in a part and in those it stands on.

    `chosen` are requirements files that a build chooses, by what is written; in others, arguments have their defaults.
    What a condition decides about is left out, but for the command `also`.
    """
    taken = [
        (each.facts, place, install)
        for each, place, install in _installs(part)
        if not each.facts.is_conditional(*place) or (each is part and place == also)
    ]
    what = _selection(part.facts.target, taken, chosen)
    if not what.is_production:
        return tuple(f"--only-group {group}" for group in what.groups)
    named = tuple(f"--group {group}" for group in what.groups)
    return named if "dev" in what.groups else ("--no-dev", *named)


@once
def selected(part: Part) -> Selection:
    """Return what pip may have installed in a part and in those it stands on, by its place in the lock.

    That is all that a build can choose.
    """
    target = part.facts.target
    found = [(each.facts, place, install) for each, place, install in _installs(part)]
    what = _selection(target, found, _NOTHING)
    is_chosen = any(file in facts.choosable for facts, _, install in found for file in install.files)
    groups = dict.fromkeys((*what.groups, *(target.groups.values() if is_chosen else ())))
    return Selection(what.is_production or is_chosen, tuple(groups), what.is_project)


def _installs(part: Part) -> Iterator[tuple[Part, tuple[int, int], Install]]:
    for each in reversed(part.line):
        yield from ((each, place, install) for place, install in each.facts.installs.items())


def _selection(
    target: Target, installs: list[tuple[Facts, tuple[int, int], Install]], chosen: Mapping[str, str]
) -> Selection:
    groups: dict[str, None] = {}
    is_production = is_project = False
    for facts, place, install in installs:
        files = [chosen.get(written) or facts.context_file(*place, written) for written in install.files]
        is_project = is_project or bool(install.folders)
        if install.packages:
            group = chosen_group(facts, place[0]) if facts.is_conditional(*place) else group_of(facts)
            is_production = is_production or group is None
            groups |= {group: None} if group else {}
        for file in filter(None, files):
            has_all = target.groups.get(file) in target.alone
            is_production = (
                is_production or file in target.converted or (not has_all and _includes_converted(target, file))
            )
            groups |= {target.groups[file]: None} if file in target.groups else {}
    return Selection(is_production or is_project or not groups, tuple(groups), is_project)


def _includes_converted(target: Target, file: str) -> bool:
    return bool(target.converted.intersection(read(target.repo, file).files))
