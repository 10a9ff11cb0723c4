"""Packages in folders of the repository: the builder needs their code, and an editable one is used from its folder."""

import re
from collections.abc import Iterator
from posixpath import join

from migrate.dockerfile.decision.place import anchor
from migrate.dockerfile.decision.shape import Part, Role
from migrate.dockerfile.facts.facts import Facts
from migrate.dockerfile.facts.sources import places, source_of
from migrate.findings import Finding
from migrate.findings import dockerfile as kinds

_EDITABLE = re.compile(r"-e \./([^\[]+)")


def local_obstacles(part: Part) -> Iterator[Finding]:
    """Yield why uv cannot get at the local packages of a part that installs something."""
    facts = part.facts
    for place in facts.target.local if facts.dependency_steps else ():
        is_there = _stands_at(facts, facts.stage.steps[anchor(part)].workdir, place, anchor(part))
        chosen = any(facts.is_conditional(*each) for each in facts.installs) or bool(facts.choosable)
        if (part.role is not Role.SPLIT and not (part.role is Role.MAKES and is_there)) or chosen:
            line = facts.line(facts.dependency_steps[0])
            yield kinds.NEEDS_MORE.at(facts.path, line, reason=f"{place} of the repository")


def local_sources(part: Part) -> tuple[str, ...]:
    """Return what the builder of a part copies for its local packages, as arguments of COPY."""
    if part.role is not Role.SPLIT or part.origin:
        return ()
    return tuple(f"{join(part.facts.target.project, place)} {place}" for place in part.facts.target.local)


def not_editable(part: Part, project: str) -> tuple[str, ...]:
    """Return the packages that were editable and are copies now.

    That is where the stage does not have the folder where the builder has it, below `project`, or if the lock says so.
    """
    facts = part.facts
    known = facts.target.local
    asked = {
        match[1] for install in facts.installs.values() for match in map(_EDITABLE.match, install.packages) if match
    }
    end = len(facts.stage.steps)
    kept = {each for each in known if known[each] and part.role is Role.SPLIT and _stands_at(facts, project, each, end)}
    return tuple(each for each in known if (known[each] or each in asked) and each not in kept)


def copied_findings(facts: Facts, at: int, copied: tuple[str, ...]) -> tuple[Finding, ...]:
    """Return what there is to say about packages that are copies now; `at` is the step that has the environment."""
    return tuple(kinds.NOT_EDITABLE.at(facts.path, facts.line(at), name="the package", folder=each) for each in copied)


def _stands_at(facts: Facts, project: str, place: str, end: int) -> bool:
    """Whether before a step all of a package's folder is where it is in the project."""
    files = facts.target.repo.files
    there = tuple(places(facts.stage, end, files))
    inside = [file for file in files if file.startswith(f"{join(facts.target.project, place)}/")]
    back = len(facts.target.project) + 1 if facts.target.project else 0
    return all(source_of(join(project, file[back:]), there, files) == file for file in inside)
