"""Requirements files for development → dependency groups (PEP 735)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from migrate.findings import Finding
from migrate.findings import discovery as kinds
from migrate.findings import requirements as requirements_kinds
from migrate.repo import Repo
from migrate.requirements.compare import contradictions, implies
from migrate.requirements.model import Line, Requirement, Requirements
from migrate.requirements.read import read


@dataclass(frozen=True, slots=True)
class Group:
    """A dependency group: what the file `path` adds to the project, and the groups that it includes.

    `files` are the file itself and those that it reads and nothing else does. `repeated` is what it says and production
    does, too.
    """

    name: str
    path: str
    requirements: tuple[Requirement, ...]
    includes: tuple[str, ...]
    files: tuple[str, ...]
    repeated: tuple[Requirement, ...] = ()

    @property
    def items(self) -> list[str | dict[str, str]]:
        """Its items in [dependency-groups] (PEP 735)."""
        included = [{"include-group": name} for name in self.includes]
        return [*included, *(requirement.text for requirement in self.requirements)]


@dataclass(frozen=True, slots=True)
class Grouped:
    """All groups, what there is to say about them, the account of their lines, and the pins of compiled files."""

    groups: tuple[Group, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: tuple[Line, ...] = ()
    pins: tuple[Requirement, ...] = ()


def conflicts(groups: Sequence[Group]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of groups, by name, that cannot be installed together."""
    content = {group.name: _content(group, groups) for group in groups}
    return tuple(
        (one, other) for one, other in combinations(content, 2) if any(contradictions(content[one], content[other]))
    )


def grouped(
    repo: Repo,
    production: Requirements,
    paths: Mapping[str, str],
    alone: Collection[str] = (),
    present: Mapping[str, object] = MappingProxyType({}),
) -> Grouped:
    """Return the groups that requirements files become, which are given by the name of the group.

    A group has what its file adds to production, or all of it if it is one of those that are installed `alone`. A file
    with a line that is not converted is left as it is, and so is one that does not agree with production, or with the
    group of that name among those that pyproject.toml has at `present`.
    """
    found = {name: read(repo, path) for name, path in paths.items()}
    nothing = replace(production, files=(), requirements=())
    findings: list[Finding] = []
    good: list[Group] = []
    for name, wanted in found.items():
        base = nothing if name in alone else production
        reasons = _reasons(paths[name], wanted, base)
        findings += reasons or [finding for finding in wanted.findings if finding.path not in production.files]
        if not reasons:
            group = _group(name, paths, found, base)
            if present.get(name, group.items) == group.items:
                good.append(group)
            else:
                reason = f"pyproject.toml has a dependency group {name} with other contents"
                findings.append(kinds.GROUP_LEFT.at(group.path, reason=reason))
    names = {group.name for group in good}
    while lame := [group for group in good if not names.issuperset(group.includes)]:
        findings += (
            kinds.GROUP_LEFT.at(group.path, reason="it includes a file that is not converted") for group in lame
        )
        good = [group for group in good if group not in lame]
        names = {group.name for group in good}
    read_here = {file for group in good for file in group.files} | {group.path for group in good}
    lines = (
        line if line.path in read_here else replace(line, result=None)
        for wanted in found.values()
        for line in wanted.lines
        if line.path not in production.files
    )
    pins = (pin for name in sorted(names) for pin in found[name].pins)
    return Grouped(tuple(good), tuple(dict.fromkeys(findings)), tuple(dict.fromkeys(lines)), _distinct(pins))


def _distinct(pins: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple({(pin.text, pin.hashes): pin for pin in pins}.values())


def _content(group: Group, groups: Sequence[Group]) -> tuple[Requirement, ...]:
    included = (other for other in groups if other.name in group.includes)
    return (*group.requirements, *(one for other in included for one in _content(other, groups)))


def _reasons(path: str, wanted: Requirements, production: Requirements) -> list[Finding]:
    """Return why a file is left as it is."""
    blocked = [finding for finding in wanted.findings if finding.path in wanted.blocked]
    if blocked:
        return [*blocked, kinds.GROUP_LEFT.at(path, reason="a line of it or of what it includes is not converted")]
    if not (set(wanted.settings) <= set(production.settings) and set(wanted.indexes) <= set(production.indexes)):
        return [kinds.GROUP_LEFT.at(path, reason="it has options that the requirements of the project do not have")]
    if any(not _is_known(one, production) for one in wanted.constraints):
        return [kinds.GROUP_LEFT.at(path, reason="it has constraints that the requirements of the project do not have")]
    return [
        requirements_kinds.CONTRADICTION.at(one.path, one.line, name=one.spec.name, other=other.place)
        for other, one in contradictions(production.requirements, wanted.requirements)
    ]


def _is_known(constraint: Requirement, production: Requirements) -> bool:
    return any(
        implies(one.spec, constraint.spec)
        for one in (*production.requirements, *production.constraints, *production.pins)
    )


def _group(name: str, paths: Mapping[str, str], found: Mapping[str, Requirements], production: Requirements) -> Group:
    wanted = found[name]
    inside = {other for other, path in paths.items() if other != name and path in wanted.files}
    below = {each for other in inside for each, path in paths.items() if each != other and path in found[other].files}
    elsewhere = {*production.files, *(file for other in inside for file in found[other].files)}
    own = [one for one in wanted.requirements if one.path not in elsewhere]
    added = tuple(_added(own, production.requirements))
    return Group(
        name,
        paths[name],
        added,
        tuple(other for other in paths if other in inside - below),
        tuple(file for file in wanted.files if file not in elsewhere),
        tuple(one for one in (*own, *wanted.constraints) if one not in added),
    )


def _added(own: Sequence[Requirement], production: Sequence[Requirement]) -> Iterator[Requirement]:
    packages: dict[str, list[Requirement]] = {}
    for one in production:
        packages.setdefault(one.package, []).append(one)
    return (one for one in own if not any(implies(other.spec, one.spec) for other in packages.get(one.package, ())))
