"""What `uv sync` has to install in a stage."""

from migrate.dockerfile.decision.inline import group_of
from migrate.dockerfile.decision.shape import Part
from migrate.dockerfile.facts.facts import Target
from migrate.lockfile import Selection
from migrate.requirements import read


def sync_options(part: Part) -> tuple[str, ...]:
    """Return what `uv sync` is told so that it installs what pip had installed in a part and in those it stands on."""
    what = selected(part)
    if not what.is_production:
        return tuple(f"--only-group {group}" for group in what.groups)
    named = tuple(f"--group {group}" for group in what.groups)
    return named if "dev" in what.groups else ("--no-dev", *named)


def selected(part: Part) -> Selection:
    """Return what pip had installed in a part and in those it stands on, by its place in the lock."""
    target = part.facts.target
    groups: dict[str, None] = {}
    is_production = is_project = False
    for each in reversed(part.line):
        for (index, number), install in sorted(each.facts.installs.items()):
            files = [each.facts.context_file(index, number, written) for written in install.files]
            is_project = is_project or bool(install.folders)
            if install.packages:
                group = group_of(each.facts)
                is_production = is_production or group is None
                groups |= {group: None} if group else {}
            for file in filter(None, files):
                is_production = is_production or file in target.converted or _includes_converted(target, file)
                groups |= {target.groups[file]: None} if file in target.groups else {}
    return Selection(is_production or is_project or not groups, tuple(groups), is_project)


def _includes_converted(target: Target, file: str) -> bool:
    return bool(target.converted.intersection(read(target.repo, file).files))
